// Package filterduckdb has DuckDB read payments, and add up those of one country above an amount. DuckDB tells from the name of the
// file whether it is CSV or Parquet, and starts a thread for each CPU that the process may use.
package filterduckdb

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
func Run(prepared Prepared) tables.Filtered {
	return duck.Rows(prepared.db, prepared.query, func(row *tables.Filtered) []any { return []any{&row.Count, &row.Total} })[0]
}
