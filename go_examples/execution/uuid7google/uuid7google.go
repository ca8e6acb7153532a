// Package uuid7google makes UUIDs of version 7 as text (RFC 9562, section 5.7): the library github.com/google/uuid, written in Go.
package uuid7google

import (
	"github.com/google/uuid"

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
		id, err := uuid.NewV7()
		if err != nil {
			panic(err)
		}
		texts[i] = id.String()
	}
	return identifiers.Of(texts)
}
