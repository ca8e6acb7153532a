// Package sqliteinsert empties a table and fills it, in one transaction, many rows with each statement: the library
// modernc.org/sqlite, which is SQLite's C code translated to Go by a program.
package sqliteinsert

import (
	_ "modernc.org/sqlite" // the driver

	"go_examples/internal/items"
)

// batch is how many rows a statement adds: six parameters each, and SQLite takes 999 of them in any version.
const batch = 100

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepare opens the database and makes the rows.
func Prepare(in Input) items.Filling { return items.NewFilling("sqlite", in.Rows, batch) }

// Run fills the table and asks what is in it.
func Run(filling items.Filling) items.Filled {
	filled, err := filling.Fill()
	if err != nil {
		panic(err)
	}
	return filled
}
