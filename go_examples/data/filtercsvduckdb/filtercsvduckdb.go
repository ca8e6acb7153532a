// Package filtercsvduckdb has DuckDB read payments that are CSV, and add up those of one country above an amount.
package filtercsvduckdb

import (
	"database/sql"
	"fmt"

	"go_examples/internal/duck"
	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Filtered is how many payments there are, and the sum of their amounts.
type Filtered struct {
	Count int
	Total float64
}

// Prepared is an empty database, and the query.
type Prepared struct {
	db    *sql.DB
	query string
}

// Prepare opens the database.
func Prepare(in Input) Prepared {
	query := "SELECT count(*), sum(amount) FROM '%s' WHERE country = 'DE' AND amount > 500"
	return Prepared{duck.Open(nil), fmt.Sprintf(query, tables.Path(in.Table))}
}

// Run reads the table. It panics with DuckDB's message where that cannot be read.
func Run(prepared Prepared) Filtered {
	return duck.Rows(prepared.db, prepared.query, func(row *Filtered) []any { return []any{&row.Count, &row.Total} })[0]
}
