package items

import (
	"database/sql"
	"slices"
)

// Filling is what a table is filled with.
type Filling struct {
	db     *sql.DB
	items  []Item
	batch  int
	insert map[int]*sql.Stmt // by how many items it adds: a batch, and what is left after the last
}

// Filled is the number of rows and the sum of a column, as the database says.
type Filled struct {
	Count, Cents int
}

// NewFilling opens a database through a driver, makes items, and prepares the statements that add a batch of them at once.
func NewFilling(driver string, items, batch int) Filling {
	f := Filling{db: database(driver), items: numbered(items), batch: batch, insert: map[int]*sql.Stmt{}}
	for part := range slices.Chunk(f.items, batch) {
		if f.insert[len(part)] != nil {
			continue
		}
		statement, err := f.db.Prepare(inserting(len(part)))
		if err != nil {
			panic(err)
		}
		f.insert[len(part)] = statement
	}
	return f
}

// Fill empties the table and fills it, in one transaction, and asks what is in it.
func (f *Filling) Fill() (filled Filled, err error) {
	transaction, err := f.db.Begin()
	if err != nil {
		return filled, err
	}
	defer transaction.Rollback()
	if _, err := transaction.Exec("DELETE FROM item"); err != nil {
		return filled, err
	}
	arguments := make([]any, 0, 6*f.batch)
	for part := range slices.Chunk(f.items, f.batch) {
		arguments = arguments[:0]
		for i := range part {
			item := &part[i]
			arguments = append(arguments, item.ID, item.SKU, item.Quantity, item.Cents, item.Kilograms, item.Created)
		}
		if _, err := transaction.Stmt(f.insert[len(part)]).Exec(arguments...); err != nil {
			return filled, err
		}
	}
	if err := transaction.Commit(); err != nil {
		return filled, err
	}
	return filled, f.db.QueryRow("SELECT count(*), sum(cents) FROM item").Scan(&filled.Count, &filled.Cents)
}
