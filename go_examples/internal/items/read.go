package items

import "database/sql"

// Page is what is read of a table: as many items, of the key after which they begin.
type Page struct {
	statement    *sql.Stmt
	after, limit int
}

// Summary is the number of rows, the sum of a column, and a text of the last row.
type Summary struct {
	Count, Cents int
	Last         string
}

// NewPage opens a database through a driver and fills a table with twice the items of a page.
func NewPage(driver string, items int) Page {
	db := database(driver)
	for _, item := range numbered(2 * items) {
		if _, err := db.Exec(insert, item.ID, item.SKU, item.Quantity, item.Cents, item.Kilograms, item.Created); err != nil {
			panic(err)
		}
	}
	statement, err := db.Prepare(page)
	if err != nil {
		panic(err)
	}
	return Page{statement: statement, after: items / 2, limit: items}
}

// Read returns the items of the page.
func (p *Page) Read() ([]Item, error) {
	rows, err := p.statement.Query(p.after, p.limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []Item
	for rows.Next() {
		var item Item
		if err := rows.Scan(&item.ID, &item.SKU, &item.Quantity, &item.Cents, &item.Kilograms, &item.Created); err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, rows.Err()
}

// Summarized returns the facts of a page that has been read.
func Summarized(items []Item) Summary {
	summary := Summary{Count: len(items), Last: items[len(items)-1].SKU}
	for i := range items {
		summary.Cents += items[i].Cents
	}
	return summary
}
