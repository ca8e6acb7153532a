// Package items is the table of the SQLite programs: schema, statements, rows. The Python twin is bench/workloads/execution/items.py.
package items

import (
	"database/sql"
	"fmt"

	_ "modernc.org/sqlite" // the driver: SQLite's C code, translated to Go by a program
)

const schema = `
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    kilograms REAL NOT NULL,
    created TEXT NOT NULL
)
`

// Insert is the statement that adds an Item.
const Insert = "INSERT INTO item (id, sku, quantity, cents, kilograms, created) VALUES (?, ?, ?, ?, ?, ?)"

// Item is one row.
type Item struct {
	ID        int
	SKU       string
	Quantity  int
	Cents     int
	Kilograms float64
	Created   string
}

// Database opens a database in memory, with the default settings and an empty table; it stays open until the process ends.
func Database() *sql.DB {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		panic(err)
	}
	// Each connection would have a database of its own.
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		panic(err)
	}
	return db
}

// Rows returns the items with the ids from 1 to count.
func Rows(count int) []Item {
	rows := make([]Item, count)
	for i := range rows {
		id := i + 1
		rows[i] = Item{
			ID:        id,
			SKU:       fmt.Sprintf("SKU-%06d", id),
			Quantity:  id%9 + 1,
			Cents:     id * 37 % 10_000,
			Kilograms: float64(id%200) / 8,
			Created:   fmt.Sprintf("2026-11-%02dT12:00:00Z", id%28+1),
		}
	}
	return rows
}
