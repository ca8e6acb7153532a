// Package duck asks DuckDB, which is compiled from C++ and called through cgo: the library github.com/duckdb/duckdb-go.
package duck

import (
	"database/sql"
	"fmt"

	"go_examples/internal/tables"
)

// Open opens a database in memory with a table of each name, made of a generated file that is CSV.
func Open(files map[string]string) *sql.DB {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		panic(err)
	}
	for name, file := range files {
		Execute(db, fmt.Sprintf("CREATE TABLE %s AS FROM '%s'", name, tables.Path(file)))
	}
	return db
}

// Execute runs a statement that answers nothing. It panics with DuckDB's message where that refuses.
func Execute(db *sql.DB, statement string) {
	if _, err := db.Exec(statement); err != nil {
		panic(err)
	}
}

// Rows returns the answer to a query, whose columns `scan` takes from each row. It panics with DuckDB's message where that refuses.
func Rows[Row any](db *sql.DB, query string, scan func(*Row) []any, arguments ...any) []Row {
	found, err := db.Query(query, arguments...)
	if err != nil {
		panic(err)
	}
	defer found.Close()
	var rows []Row
	for found.Next() {
		var row Row
		if err := found.Scan(scan(&row)...); err != nil {
			panic(err)
		}
		rows = append(rows, row)
	}
	if err := found.Err(); err != nil {
		panic(err)
	}
	return rows
}
