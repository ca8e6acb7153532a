// Package sqliteinsertcgo empties a table and fills it, in one transaction, many rows with each statement: the library
// github.com/mattn/go-sqlite3, which is SQLite's C code, compiled by the machine's C compiler and called through cgo.
package sqliteinsertcgo

import (
	_ "github.com/mattn/go-sqlite3" // the driver

	"go_examples/internal/items"
)

// batch is how many rows a statement adds: six parameters each, and SQLite takes 999 of them in any version.
const batch = 100

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepare opens the database and makes the rows.
func Prepare(in Input) items.Filling { return items.NewFilling("sqlite3", in.Rows, batch) }

// Run fills the table and asks what is in it.
func Run(filling items.Filling) items.Filled {
	filled, err := filling.Fill()
	if err != nil {
		panic(err)
	}
	return filled
}
