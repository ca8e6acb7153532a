// Package sqliteselect reads a page of rows by its key: the library
// modernc.org/sqlite, which is SQLite's C code translated to Go by a program.
package sqliteselect

import (
	_ "modernc.org/sqlite" // the driver

	"go_examples/internal/items"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepare fills a table with twice the rows of a page.
func Prepare(in Input) items.Page { return items.NewPage("sqlite", in.Rows) }

// Run reads the page.
func Run(page items.Page) items.Summary {
	rows, err := page.Read()
	if err != nil {
		panic(err)
	}
	return items.Summarized(rows)
}
