// Command memorysmallduckdb reads the amounts of a small table with DuckDB, and has it add them up.
package main

import (
	"fmt"
	"math"

	"go_examples/internal/duck"
	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns the sum in cents.
func run(in input, mark report.Mark) int {
	query := fmt.Sprintf("SELECT sum(amount) FROM '%s'", tables.Path(in.Table))
	total := duck.Rows(duck.Open(nil), query, func(total *float64) []any { return []any{total} })[0]
	mark("answered")
	return int(math.Round(100 * total))
}
