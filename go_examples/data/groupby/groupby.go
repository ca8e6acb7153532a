// Package groupby groups payments by country: a map, and slices that are sorted for the quantiles.
package groupby

import (
	"maps"
	"slices"

	"go_examples/internal/quantiles"
	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// group is what one country paid.
type group struct {
	quantity int
	amounts  []float64
}

// Prepare reads the payments.
func Prepare(in Input) []tables.Payment { return tables.Payments(in.Table) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(payments []tables.Payment) []any {
	groups := make(map[string]*group)
	for i := range payments {
		payment := &payments[i]
		of := groups[payment.Country]
		if of == nil {
			of = &group{}
			groups[payment.Country] = of
		}
		of.quantity += payment.Quantity
		of.amounts = append(of.amounts, payment.Amount)
	}
	cells := make([]any, 0, 5*len(groups))
	for _, country := range slices.Sorted(maps.Keys(groups)) {
		of, total := groups[country], 0.0
		for _, amount := range of.amounts {
			total += amount
		}
		slices.Sort(of.amounts)
		mean := total / float64(len(of.amounts))
		cells = append(cells, country, of.quantity, mean, quantiles.Of(of.amounts, 0.5), quantiles.Of(of.amounts, 0.95))
	}
	return cells
}
