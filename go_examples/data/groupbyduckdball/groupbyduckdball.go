// Package groupbyduckdball is groupbyduckdb where the process may use all CPUs: DuckDB starts a thread for each.
package groupbyduckdball

import (
	"database/sql"

	"go_examples/data/groupbyduckdb"
)

// Input holds the arguments that the catalog names.
type Input = groupbyduckdb.Input

// Prepare reads the payments into DuckDB.
func Prepare(in Input) *sql.DB { return groupbyduckdb.Prepare(in) }

// Run returns each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile.
func Run(db *sql.DB) []any { return groupbyduckdb.Run(db) }
