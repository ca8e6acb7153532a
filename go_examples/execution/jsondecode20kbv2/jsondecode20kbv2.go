// Package jsondecode20kbv2 decodes a document of orders of about 20 kB to structures with encoding/json/v2.
package jsondecode20kbv2

import (
	"encoding/json/v2"

	"go_examples/internal/orders"
	"go_examples/internal/ordersjson"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns the number of orders and two of their numbers, added up.
func Run(in Input) [3]int {
	var document orders.Document
	if err := json.Unmarshal(in.Document, &document); err != nil {
		panic(err)
	}
	return ordersjson.Sample(&document)
}
