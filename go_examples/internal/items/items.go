// Package items is the table of the SQLite programs: schema, statements, rows, and how they are written and read through the standard
// library's database/sql, whatever the driver. The Python twin is bench/workloads/execution/items.py.
package items

import (
	"database/sql"
	"fmt"
	"strings"
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

const (
	insert = "INSERT INTO item (id, sku, quantity, cents, kilograms, created) VALUES (?, ?, ?, ?, ?, ?)"
	page   = "SELECT id, sku, quantity, cents, kilograms, created FROM item WHERE id > ? ORDER BY id LIMIT ?"
)

// Item is one row.
type Item struct {
	ID        int
	SKU       string
	Quantity  int
	Cents     int
	Kilograms float64
	Created   string
}

// database opens a database in memory, with the default settings and an empty table; it stays open until the process ends.
func database(driver string) *sql.DB {
	db, err := sql.Open(driver, ":memory:")
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

// inserting returns the statement that adds as many items at once.
func inserting(items int) string { return insert + strings.Repeat(", (?, ?, ?, ?, ?, ?)", items-1) }

// numbered returns the items with the ids from 1 to count.
func numbered(count int) []Item {
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
