// Command memory reads payments with encoding/csv, and groups them in a map.
package main

import (
	"go_examples/data/groupby"
	"go_examples/internal/report"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns how many countries there are.
func run(in input, mark report.Mark) int {
	payments := groupby.Prepare(groupby.Input{Table: in.Table})
	cells := groupby.Run(payments)
	mark("answered")
	return len(cells) / 5
}
