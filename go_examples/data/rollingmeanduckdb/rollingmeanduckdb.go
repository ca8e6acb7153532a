// Package rollingmeanduckdb has DuckDB take the mean of each window of amounts.
package rollingmeanduckdb

import (
	"database/sql"

	"go_examples/internal/duck"
)

const query = `
	SELECT min(mean), max(mean) FROM (
		SELECT id, avg(amount) OVER (ORDER BY id ROWS BETWEEN $window - 1 PRECEDING AND CURRENT ROW) AS mean FROM payments
	) WHERE id >= $window - 1`

// Input holds the arguments that the catalog names.
type Input struct {
	Table  string `json:"table"`
	Window int    `json:"window"`
}

// Prepared holds the database, and how many rows a window has.
type Prepared struct {
	db     *sql.DB
	window int
}

// Prepare reads the payments into DuckDB.
func Prepare(in Input) Prepared {
	return Prepared{duck.Open(map[string]string{"payments": in.Table}), in.Window}
}

// Run returns the smallest and the largest mean.
func Run(in Prepared) [2]float64 {
	scan := func(row *[2]float64) []any { return []any{&row[0], &row[1]} }
	return duck.Rows(in.db, query, scan, sql.Named("window", in.window))[0]
}
