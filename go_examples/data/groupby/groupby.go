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

// Groups is what each country paid.
type Groups map[string]*Group

// Prepare reads the payments.
func Prepare(in Input) []tables.Payment { return tables.Payments(in.Table) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(payments []tables.Payment) []any { return Of(payments).Cells() }

// Of returns what each country paid, in the order of the payments.
func Of(payments []tables.Payment) Groups {
	groups := make(Groups)
	for i := range payments {
		groups.Add(&payments[i])
	}
	return groups
}

// Add adds a payment to the group of its country.
func (g Groups) Add(payment *tables.Payment) {
	group := g[payment.Country]
	if group == nil {
		group = &Group{}
		g[payment.Country] = group
	}
	group.Quantity += payment.Quantity
	group.Amounts = append(group.Amounts, payment.Amount)
}

// Cells returns the rows of all countries behind one another, in alphabetical order.
func (g Groups) Cells() []any {
	cells := make([]any, 0, 5*len(g))
	for _, country := range slices.Sorted(maps.Keys(g)) {
		cells = append(cells, g[country].Cells(country)...)
	}
	return cells
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
