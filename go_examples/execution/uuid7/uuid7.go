// Package uuid7 makes UUIDs of version 7 as text (RFC 9562, section 5.7): the standard library's uuid.
package uuid7

import (
	"uuid"

	"go_examples/internal/identifiers"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Run makes the identifiers.
func Run(in Input) identifiers.Facts {
	texts := make([]string, in.Count)
	for i := range texts {
		texts[i] = uuid.NewV7().String()
	}
	return identifiers.Of(texts)
}
