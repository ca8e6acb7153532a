// Package sortduckdb has DuckDB bring payments into order, into a table of its own, so that all columns are brought into it.
package sortduckdb

import (
	"database/sql"

	"go_examples/internal/duck"
)

const (
	order  = "CREATE OR REPLACE TABLE ordered AS FROM payments ORDER BY amount DESC, id"
	spaced = "SELECT id FROM ordered WHERE rowid % ((SELECT count(*) FROM ordered) // 10) = 0 ORDER BY rowid"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare reads the payments into DuckDB.
func Prepare(in Input) *sql.DB { return duck.Open(map[string]string{"payments": in.Table}) }

// Run returns the numbers of ten payments, evenly spaced, the largest amount first, then by number.
func Run(db *sql.DB) []int {
	duck.Execute(db, order)
	return duck.Rows(db, spaced, func(number *int) []any { return []any{number} })
}
