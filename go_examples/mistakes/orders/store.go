package orders

import (
	"context"
	"database/sql"
	"errors"

	_ "modernc.org/sqlite" // the driver
)

const schema = `
CREATE TABLE orders (number INTEGER PRIMARY KEY, customer TEXT NOT NULL, status TEXT NOT NULL, note TEXT);
CREATE TABLE items (number INTEGER REFERENCES orders, sku TEXT NOT NULL, quantity INTEGER NOT NULL, cents INTEGER NOT NULL);
CREATE TABLE stock (sku TEXT PRIMARY KEY, pieces INTEGER NOT NULL CHECK (pieces >= 0));
CREATE TABLE audit (number INTEGER NOT NULL, event TEXT NOT NULL);
`

// Store holds orders, stock and the audit log in SQLite, over one connection.
type Store struct{ db *sql.DB }

// Open makes an empty store.
func Open(ctx context.Context, path string) (*Store, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db}, nil
}

// Add stores a new order with its items, and returns its number.
func (s *Store) Add(ctx context.Context, order *Order) (int, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // of what was not committed
	done, err := tx.ExecContext(ctx,
		"INSERT INTO orders (customer, status, note) VALUES (?, ?, ?)", order.Customer, order.Status, order.Note)
	if err != nil {
		return 0, err
	}
	id, err := done.LastInsertId()
	if err != nil {
		return 0, err
	}
	number := int(id)
	for _, item := range order.Items {
		_, err := tx.ExecContext(ctx,
			"INSERT INTO items (number, sku, quantity, cents) VALUES (?, ?, ?, ?)", number, item.SKU, item.Quantity, item.Cents)
		if err != nil {
			return 0, err
		}
	}
	return number, tx.Commit()
}

// Get returns an order; nil where there is none of that number.
func (s *Store) Get(ctx context.Context, number int) (*Order, error) {
	order := &Order{Number: number}
	row := s.db.QueryRowContext(ctx, "SELECT customer, status, note FROM orders WHERE number = ?", number)
	if err := row.Scan(&order.Customer, &order.Status, &order.Note); errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, "SELECT sku, quantity, cents FROM items WHERE number = ? ORDER BY rowid", number)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var item Item
		if err := rows.Scan(&item.SKU, &item.Quantity, &item.Cents); err != nil {
			return nil, err
		}
		order.Items = append(order.Items, item)
	}
	return order, rows.Err()
}

// Page returns the numbers of a customer's orders on a page, the oldest first; the first page is 1.
func (s *Store) Page(ctx context.Context, customer string, page, size int) ([]int, error) {
	rows, err := s.db.QueryContext(ctx,
		"SELECT number FROM orders WHERE customer = ? ORDER BY number LIMIT ? OFFSET ?", customer, size, (page-1)*size)
	return column[int](rows, err)
}

// Move changes an order's status; false where it is not in the status before.
func (s *Store) Move(ctx context.Context, number int, before, after string) (bool, error) {
	done, err := s.db.ExecContext(ctx, "UPDATE orders SET status = ? WHERE number = ? AND status = ?", after, number, before)
	if err != nil {
		return false, err
	}
	count, err := done.RowsAffected()
	return count == 1, err
}

// Spent returns what a customer's orders cost before discounts, in cents.
func (s *Store) Spent(ctx context.Context, customer string) (int, error) {
	var cents int
	err := s.db.QueryRowContext(ctx,
		"SELECT COALESCE(SUM(quantity * cents), 0) FROM items JOIN orders USING (number) WHERE customer = ?", customer).Scan(&cents)
	return cents, err
}

// Stock returns how many pieces of an article are left.
func (s *Store) Stock(ctx context.Context, sku string) (int, error) {
	var pieces int
	err := s.db.QueryRowContext(ctx, "SELECT pieces FROM stock WHERE sku = ?", sku).Scan(&pieces)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return pieces, err
}

// SetStock says how many pieces of an article are left.
func (s *Store) SetStock(ctx context.Context, sku string, pieces int) error {
	_, err := s.db.ExecContext(ctx, "INSERT OR REPLACE INTO stock (sku, pieces) VALUES (?, ?)", sku, pieces)
	return err
}

// Audit writes down what happened to an order.
func (s *Store) Audit(ctx context.Context, number int, event string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO audit (number, event) VALUES (?, ?)", number, event)
	return err
}

// Events returns what happened to an order, the oldest first.
func (s *Store) Events(ctx context.Context, number int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT event FROM audit WHERE number = ? ORDER BY rowid", number)
	return column[string](rows, err)
}

// Close closes the database.
func (s *Store) Close() error {
	return s.db.Close()
}

// column returns the only column of a query.
func column[T any](rows *sql.Rows, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []T
	for rows.Next() {
		var value T
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}
