// Package groupbyduckdb has DuckDB group payments by country, in a thread for each CPU that the process may use.
package groupbyduckdb

import (
	"database/sql"

	"go_examples/internal/duck"
)

const query = `
	SELECT country, sum(quantity)::BIGINT, avg(amount), quantile_cont(amount, 0.5), quantile_cont(amount, 0.95)
	FROM payments GROUP BY country ORDER BY country`

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// group is what one country paid.
type group struct {
	country                  string
	quantity                 int
	mean, median, percentile float64
}

// Prepare reads the payments into DuckDB.
func Prepare(in Input) *sql.DB { return duck.Open(map[string]string{"payments": in.Table}) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(db *sql.DB) []any {
	groups := duck.Rows(db, query, func(row *group) []any {
		return []any{&row.country, &row.quantity, &row.mean, &row.median, &row.percentile}
	})
	cells := make([]any, 0, 5*len(groups))
	for _, of := range groups {
		cells = append(cells, of.country, of.quantity, of.mean, of.median, of.percentile)
	}
	return cells
}
