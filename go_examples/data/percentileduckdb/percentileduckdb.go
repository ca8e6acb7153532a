// Package percentileduckdb has DuckDB take percentiles of amounts.
package percentileduckdb

import (
	"database/sql"

	"go_examples/internal/duck"
)

const query = "SELECT unnest(quantile_cont(amount, [0.5, 0.95, 0.99, 0.999])) FROM payments"

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare reads the payments into DuckDB.
func Prepare(in Input) *sql.DB { return duck.Open(map[string]string{"payments": in.Table}) }

// Run returns the percentiles, between two amounts where none has the rank.
func Run(db *sql.DB) []float64 {
	return duck.Rows(db, query, func(percentile *float64) []any { return []any{percentile} })
}
