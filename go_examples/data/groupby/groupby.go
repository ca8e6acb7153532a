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

// Group is what one country paid.
type Group struct {
	Quantity int
	Amounts  []float64
}

// Prepare reads the payments.
func Prepare(in Input) []tables.Payment { return tables.Payments(in.Table) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(payments []tables.Payment) []any {
	groups := Groups(payments)
	cells := make([]any, 0, 5*len(groups))
	for _, country := range slices.Sorted(maps.Keys(groups)) {
		cells = append(cells, groups[country].Cells(country)...)
	}
	return cells
}

// Groups returns what each country paid, in the order of the payments.
func Groups(payments []tables.Payment) map[string]*Group {
	groups := make(map[string]*Group)
	for i := range payments {
		payment := &payments[i]
		group := groups[payment.Country]
		if group == nil {
			group = &Group{}
			groups[payment.Country] = group
		}
		group.Quantity += payment.Quantity
		group.Amounts = append(group.Amounts, payment.Amount)
	}
	return groups
}

// Cells returns the row of one country. It brings the amounts into order.
func (g *Group) Cells(country string) []any {
	total := 0.0
	for _, amount := range g.Amounts {
		total += amount
	}
	slices.Sort(g.Amounts)
	mean := total / float64(len(g.Amounts))
	return []any{country, g.Quantity, mean, quantiles.Of(g.Amounts, 0.5), quantiles.Of(g.Amounts, 0.95)}
}
