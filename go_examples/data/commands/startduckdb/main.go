// Command startduckdb reads a small table with DuckDB, and prints the sum of a column.
package main

import (
	"fmt"

	"go_examples/internal/duck"
)

const query = "SELECT sum(amount) FROM read_csv('/dev/stdin')"

func main() {
	totals := duck.Rows(duck.Open(nil), query, func(total *float64) []any { return []any{total} })
	fmt.Printf("%.2f\n", totals[0])
}
