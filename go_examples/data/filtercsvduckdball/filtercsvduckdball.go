// Package filtercsvduckdball is filtercsvduckdb where the process may use all CPUs: DuckDB starts a thread for each.
package filtercsvduckdball

import "go_examples/data/filtercsvduckdb"

// Input holds the arguments that the catalog names.
type Input = filtercsvduckdb.Input

// Prepare opens the database.
func Prepare(in Input) filtercsvduckdb.Prepared { return filtercsvduckdb.Prepare(in) }

// Run reads the table. It panics with DuckDB's message where that cannot be read.
func Run(prepared filtercsvduckdb.Prepared) filtercsvduckdb.Filtered {
	return filtercsvduckdb.Run(prepared)
}
