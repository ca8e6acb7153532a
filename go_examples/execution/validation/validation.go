// Package validation decodes request bodies with encoding/json and validates them with the library validator.
package validation

import (
	"encoding/json"

	"go_examples/internal/submissions"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Bodies []byte `json:"bodies"`
}

// Prepare returns the bodies one by one.
func Prepare(in Input) [][]byte { return submissions.Split(in.Bodies) }

// Run returns how many fields of each body offend, then the sum of the first price of each valid one.
func Run(bodies [][]byte) []int {
	return submissions.Review(bodies, func(body []byte, order *submissions.Order) error { return json.Unmarshal(body, order) })
}
