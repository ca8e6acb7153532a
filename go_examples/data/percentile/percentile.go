// Package percentile takes percentiles of amounts: a copy is sorted.
package percentile

import (
	"slices"

	"go_examples/internal/quantiles"
	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare reads the amounts.
func Prepare(in Input) []float64 { return tables.Amounts(in.Table) }

// Run returns the percentiles, between two amounts where none has the rank.
func Run(amounts []float64) [4]float64 {
	ordered := slices.Clone(amounts)
	slices.Sort(ordered)
	var percentiles [4]float64
	for i, share := range [...]float64{0.5, 0.95, 0.99, 0.999} {
		percentiles[i] = quantiles.Of(ordered, share)
	}
	return percentiles
}
