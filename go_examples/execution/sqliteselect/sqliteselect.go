// Package sqliteselect reads a page of rows by its key: the library modernc.org/sqlite, which is SQLite's C code translated to Go,
// through the standard library's database/sql.
//
// The answer is the number of rows, the sum of a column, and a text of the last one.
package sqliteselect

import (
	"database/sql"

	"go_examples/internal/items"
)

const page = "SELECT id, sku, quantity, cents, kilograms, created FROM item WHERE id > ? ORDER BY id LIMIT ?"

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepared holds the prepared statement and its arguments.
type Prepared struct {
	Page         *sql.Stmt
	After, Limit int
}

// Answer is the number of rows, the sum of a column, and a text of the last row.
type Answer struct {
	Count, Cents int
	Last         string
}

// Prepare fills a table with twice the rows of a page.
func Prepare(in Input) Prepared {
	db := items.Database()
	for _, row := range items.Rows(2 * in.Rows) {
		if _, err := db.Exec(items.Insert, row.ID, row.SKU, row.Quantity, row.Cents, row.Kilograms, row.Created); err != nil {
			panic(err)
		}
	}
	statement, err := db.Prepare(page)
	if err != nil {
		panic(err)
	}
	return Prepared{Page: statement, After: in.Rows / 2, Limit: in.Rows}
}

// Run reads the page.
func Run(in Prepared) Answer {
	rows, err := read(in)
	if err != nil {
		panic(err)
	}
	answer := Answer{Count: len(rows), Last: rows[len(rows)-1].SKU}
	for i := range rows {
		answer.Cents += rows[i].Cents
	}
	return answer
}

func read(in Prepared) ([]items.Item, error) {
	rows, err := in.Page.Query(in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []items.Item
	for rows.Next() {
		var row items.Item
		if err := rows.Scan(&row.ID, &row.SKU, &row.Quantity, &row.Cents, &row.Kilograms, &row.Created); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, rows.Err()
}
