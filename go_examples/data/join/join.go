// Package join finds who paid in a map, and adds up what was paid by segment.
package join

import (
	"maps"
	"slices"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table     string `json:"table"`
	Customers string `json:"customers"`
}

// Prepared holds the two tables.
type Prepared struct {
	payments  []tables.Payment
	customers []tables.Customer
}

// Prepare reads the tables.
func Prepare(in Input) Prepared {
	return Prepared{tables.Payments(in.Table), tables.Customers(in.Customers)}
}

// Run returns each segment in alphabetical order, and the amounts that its customers paid.
func Run(in Prepared) []any {
	segments := make(map[int]string, len(in.customers))
	for _, customer := range in.customers {
		segments[customer.ID] = customer.Segment
	}
	totals := make(map[string]float64)
	for i := range in.payments {
		if segment, known := segments[in.payments[i].Customer]; known {
			totals[segment] += in.payments[i].Amount
		}
	}
	cells := make([]any, 0, 2*len(totals))
	for _, segment := range slices.Sorted(maps.Keys(totals)) {
		cells = append(cells, segment, totals[segment])
	}
	return cells
}
