// Package sortpayments brings a copy of payments into order.
package sortpayments

import (
	"cmp"
	"slices"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare reads the payments.
func Prepare(in Input) []tables.Payment { return tables.Payments(in.Table) }

// Run returns the numbers of ten payments, evenly spaced, the largest amount first, then by number.
func Run(payments []tables.Payment) []int {
	ordered := slices.Clone(payments)
	slices.SortFunc(ordered, func(a, b tables.Payment) int {
		if byAmount := cmp.Compare(b.Amount, a.Amount); byAmount != 0 {
			return byAmount
		}
		return cmp.Compare(a.ID, b.ID)
	})
	numbers := make([]int, 0, 10)
	for i := 0; i < len(ordered); i += len(ordered) / 10 {
		numbers = append(numbers, ordered[i].ID)
	}
	return numbers
}
