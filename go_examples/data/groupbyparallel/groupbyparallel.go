// Package groupbyparallel groups payments by country, in as many parts as there are CPUs, and sorts each country's amounts in a
// goroutine of its own.
package groupbyparallel

import (
	"maps"
	"runtime"
	"slices"
	"sync"

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

// summary is what is asked of a group.
type summary struct{ mean, median, percentile float64 }

// Prepare reads the payments.
func Prepare(in Input) []tables.Payment { return tables.Payments(in.Table) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(payments []tables.Payment) []any {
	parts := make([]map[string]*group, 0, runtime.GOMAXPROCS(0))
	var grouping sync.WaitGroup
	size := (len(payments) + cap(parts) - 1) / cap(parts)
	for part := range slices.Chunk(payments, size) {
		groups := make(map[string]*group)
		parts = append(parts, groups)
		grouping.Go(func() { add(groups, part) })
	}
	grouping.Wait()
	amounts, quantities := make(map[string][]float64), make(map[string]int)
	for _, part := range parts {
		for country, of := range part {
			amounts[country] = append(amounts[country], of.amounts...)
			quantities[country] += of.quantity
		}
	}
	countries := slices.Sorted(maps.Keys(amounts))
	summaries := make([]summary, len(countries))
	var summing sync.WaitGroup
	for i, country := range countries {
		summing.Go(func() { summaries[i] = summed(amounts[country]) })
	}
	summing.Wait()
	cells := make([]any, 0, 5*len(countries))
	for i, country := range countries {
		of := summaries[i]
		cells = append(cells, country, quantities[country], of.mean, of.median, of.percentile)
	}
	return cells
}

func add(groups map[string]*group, payments []tables.Payment) {
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
}

// summed brings amounts into order.
func summed(amounts []float64) summary {
	total := 0.0
	for _, amount := range amounts {
		total += amount
	}
	slices.Sort(amounts)
	return summary{total / float64(len(amounts)), quantiles.Of(amounts, 0.5), quantiles.Of(amounts, 0.95)}
}
