// Command memorysmallgonum reads the amounts of a small table with encoding/csv, which the library gonum adds up.
package main

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns the sum in cents.
func run(in input, mark report.Mark) int {
	total := floats.Sum(tables.Amounts(in.Table))
	mark("answered")
	return int(math.Round(100 * total))
}
