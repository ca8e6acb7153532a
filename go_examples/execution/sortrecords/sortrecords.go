// Package sortrecords orders sales by customer, and the newest of a customer first.
//
// slices.SortFunc is not stable and need not be, as no two sales are equal. The answer is the times of the sales at evenly spaced
// places.
package sortrecords

import (
	"cmp"
	"slices"
	"strings"

	"go_examples/internal/sales"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows []byte `json:"rows"`
}

// Prepare returns the sales.
func Prepare(in Input) []sales.Sale { return sales.Decode(in.Rows) }

// Run returns the times of some of the sales in order.
func Run(rows []sales.Sale) []int {
	ordered := slices.Clone(rows)
	slices.SortFunc(ordered, func(a, b sales.Sale) int {
		if order := strings.Compare(a.Customer, b.Customer); order != 0 {
			return order
		}
		return cmp.Compare(b.Placed, a.Placed)
	})
	var answer []int
	for i := 0; i < len(ordered); i += max(1, len(ordered)/256) {
		answer = append(answer, ordered[i].Placed)
	}
	return answer
}
