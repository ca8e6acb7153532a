// Package sqliteinsert empties a table and fills it, in one transaction: the library modernc.org/sqlite, which is SQLite's C code
// translated to Go, through the standard library's database/sql.
//
// The answer is the number of rows and the sum of a column, as the database says.
package sqliteinsert

import (
	"database/sql"

	"go_examples/internal/items"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows int `json:"rows"`
}

// Prepared holds an open database, the prepared statement, and the rows.
type Prepared struct {
	DB     *sql.DB
	Insert *sql.Stmt
	Rows   []items.Item
}

// Answer is the number of rows and the sum of a column.
type Answer struct {
	Count, Cents int
}

// Prepare opens the database and makes the rows.
func Prepare(in Input) Prepared {
	db := items.Database()
	insert, err := db.Prepare(items.Insert)
	if err != nil {
		panic(err)
	}
	return Prepared{DB: db, Insert: insert, Rows: items.Rows(in.Rows)}
}

// Run fills the table and asks what is in it.
func Run(in Prepared) Answer {
	if err := fill(in); err != nil {
		panic(err)
	}
	var answer Answer
	if err := in.DB.QueryRow("SELECT count(*), sum(cents) FROM item").Scan(&answer.Count, &answer.Cents); err != nil {
		panic(err)
	}
	return answer
}

func fill(in Prepared) error {
	transaction, err := in.DB.Begin()
	if err != nil {
		return err
	}
	defer transaction.Rollback()
	if _, err := transaction.Exec("DELETE FROM item"); err != nil {
		return err
	}
	insert := transaction.Stmt(in.Insert)
	for i := range in.Rows {
		row := &in.Rows[i]
		if _, err := insert.Exec(row.ID, row.SKU, row.Quantity, row.Cents, row.Kilograms, row.Created); err != nil {
			return err
		}
	}
	return transaction.Commit()
}
