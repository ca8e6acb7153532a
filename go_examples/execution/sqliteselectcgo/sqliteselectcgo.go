// Package sqliteselectcgo reads a page of rows by its key: the library
// github.com/mattn/go-sqlite3, which is SQLite's C code, compiled by the machine's C compiler and called through cgo.
package sqliteselectcgo

import (
	_ "github.com/mattn/go-sqlite3" // the driver

	"go_examples/internal/items"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepare fills a table with twice the rows of a page.
func Prepare(in Input) items.Page { return items.NewPage("sqlite3", in.Rows) }

// Run reads the page.
func Run(page items.Page) items.Summary {
	rows, err := page.Read()
	if err != nil {
		panic(err)
	}
	return items.Summarized(rows)
}
