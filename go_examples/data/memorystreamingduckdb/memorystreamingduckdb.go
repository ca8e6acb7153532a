// Command memorystreamingduckdb has DuckDB group payments by country while it reads them.
package main

import (
	"fmt"

	"go_examples/data/groupbyduckdb"
	"go_examples/internal/duck"
	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns how many countries there are.
func run(in input, mark report.Mark) int {
	db := duck.Open(nil)
	duck.Execute(db, fmt.Sprintf("CREATE VIEW payments AS FROM '%s'", tables.Path(in.Table)))
	cells := groupbyduckdb.Run(db)
	mark("answered")
	return len(cells) / 5
}
