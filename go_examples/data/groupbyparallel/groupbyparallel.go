// Package groupbyparallel groups payments by country, in as many parts as there are CPUs, and joins and sorts each country's amounts
// in a goroutine of its own. What is done with a part and with a group is that of the package groupby.
package groupbyparallel

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"go_examples/data/groupby"
	"go_examples/internal/tables"
)

// Prepare reads the payments.
func Prepare(in groupby.Input) []tables.Payment { return groupby.Prepare(in) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(payments []tables.Payment) []any {
	cpus := runtime.GOMAXPROCS(0)
	parts := slices.Collect(slices.Chunk(payments, max(1, (len(payments)+cpus-1)/cpus)))
	grouped := make([]groupby.Groups, len(parts))
	var grouping sync.WaitGroup
	for i, part := range parts {
		grouping.Go(func() { grouped[i] = groupby.Of(part) })
	}
	grouping.Wait()
	known := make(map[string]bool)
	for _, part := range grouped {
		for country := range part {
			known[country] = true
		}
	}
	countries := slices.Sorted(maps.Keys(known))
	rows := make([][]any, len(countries))
	var summing sync.WaitGroup
	for i, country := range countries {
		summing.Go(func() { rows[i] = joined(grouped, country).Cells(country) })
	}
	summing.Wait()
	return slices.Concat(rows...)
}

// joined returns what a country paid in all parts.
func joined(grouped []groupby.Groups, country string) *groupby.Group {
	var whole groupby.Group
	for _, part := range grouped {
		if group := part[country]; group != nil {
			whole.Quantity += group.Quantity
			whole.Amounts = append(whole.Amounts, group.Amounts...)
		}
	}
	return &whole
}
