// Package sqliteinsertrowbyrow empties a table and fills it, in one transaction, row by row: the library
// modernc.org/sqlite, which is SQLite's C code translated to Go by a program.
package sqliteinsertrowbyrow

import (
	_ "modernc.org/sqlite" // the driver

	"go_examples/internal/items"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepare opens the database and makes the rows.
func Prepare(in Input) items.Filling { return items.NewFilling("sqlite", in.Rows, 1) }

// Run fills the table and asks what is in it.
func Run(filling items.Filling) items.Filled {
	filled, err := filling.Fill()
	if err != nil {
		panic(err)
	}
	return filled
}
