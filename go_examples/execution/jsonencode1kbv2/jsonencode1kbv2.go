// Package jsonencode1kbv2 encodes a document of orders of about 1 kB from structures with encoding/json/v2.
package jsonencode1kbv2

import (
	"encoding/json/v2"

	"go_examples/internal/orders"
	"go_examples/internal/ordersjson"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Prepare returns the decoded document.
func Prepare(in Input) *orders.Document { return ordersjson.MustDecode(in.Document) }

// Run returns the encoded document.
func Run(document *orders.Document) []byte {
	encoded, err := json.Marshal(document)
	if err != nil {
		panic(err)
	}
	return encoded
}
