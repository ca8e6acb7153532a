// Command memoryduckdb reads payments with DuckDB, and has it group them.
package main

import (
	"go_examples/data/groupbyduckdb"
	"go_examples/internal/report"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns how many countries there are.
func run(in input, mark report.Mark) int {
	payments := groupbyduckdb.Prepare(groupbyduckdb.Input{Table: in.Table})
	cells := groupbyduckdb.Run(payments)
	mark("answered")
	return len(cells) / 5
}
