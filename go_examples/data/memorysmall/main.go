// Command memorysmall reads the amounts of a small table with encoding/csv, and adds them up.
package main

import (
	"math"

	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns the sum in cents.
func run(in input, mark report.Mark) int {
	total := 0.0
	for _, amount := range tables.Amounts(in.Table) {
		total += amount
	}
	mark("answered")
	return int(math.Round(100 * total))
}
