// Package joinduckdb has DuckDB join payments with who paid, and add up what was paid by segment.
package joinduckdb

import (
	"database/sql"

	"go_examples/internal/duck"
)

const query = "SELECT segment, sum(amount) FROM payments JOIN customers USING (customer) GROUP BY segment ORDER BY segment"

// Input holds the arguments that the catalog names.
type Input struct {
	Table     string `json:"table"`
	Customers string `json:"customers"`
}

// total is what the customers of one segment paid.
type total struct {
	segment string
	amount  float64
}

// Prepare reads the tables into DuckDB.
func Prepare(in Input) *sql.DB {
	return duck.Open(map[string]string{"payments": in.Table, "customers": in.Customers})
}

// Run returns each segment in alphabetical order, and the amounts that its customers paid.
func Run(db *sql.DB) []any {
	totals := duck.Rows(db, query, func(row *total) []any { return []any{&row.segment, &row.amount} })
	cells := make([]any, 0, 2*len(totals))
	for _, of := range totals {
		cells = append(cells, of.segment, of.amount)
	}
	return cells
}
