// Command memorystreaming groups payments by country while encoding/csv reads them.
package main

import (
	"go_examples/data/groupby"
	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns how many countries there are.
func run(in input, mark report.Mark) int {
	groups := make(groupby.Groups)
	for payment := range tables.EachPayment(in.Table) {
		groups.Add(&payment)
	}
	cells := groups.Cells()
	mark("answered")
	return len(cells) / 5
}
