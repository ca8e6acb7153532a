// Package tables is what the services of a chain ask the database, whatever way they are called.
package tables

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrNone says that there is no such row.
var ErrNone = errors.New("there is no such row")

// Tables are the tables of the services.
type Tables struct{ pool *pgxpool.Pool }

// Open returns the tables of DATABASE_URL, with at most POOL connections, which are opened when they are needed.
func Open() (*Tables, error) {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	connections, err := strconv.ParseInt(os.Getenv("POOL"), 10, 32)
	if err != nil || connections < 1 {
		return nil, fmt.Errorf("POOL: %q is no number of connections", os.Getenv("POOL"))
	}
	config.MaxConns = int32(connections)
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	return &Tables{pool}, err
}

// Close closes the connections.
func (t *Tables) Close() { t.pool.Close() }

// Credit returns what a user may spend, or ErrNone.
func (t *Tables) Credit(ctx context.Context, user int32) (credit int32, err error) {
	err = t.pool.QueryRow(ctx, "SELECT number FROM world WHERE id = $1", user).Scan(&credit)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, ErrNone
	}
	return credit, err
}

// Items returns the items of a user's three orders.
func (t *Tables) Items(ctx context.Context, user int32) ([]int32, error) {
	rows, _ := t.pool.Query(ctx, "SELECT number FROM world WHERE id BETWEEN $1 AND $1 + 2 ORDER BY id", user) // an error is in the rows, too
	return pgx.CollectRows(rows, pgx.RowTo[int32])
}

// Prices returns the prices of items, in their order; ErrNone where there is not one of them.
func (t *Tables) Prices(ctx context.Context, wanted []int32) ([]int32, error) {
	rows, _ := t.pool.Query(ctx, "SELECT id, number FROM world WHERE id = ANY($1)", wanted)
	known := make(map[int32]int32, len(wanted))
	var id, number int32
	if _, err := pgx.ForEachRow(rows, []any{&id, &number}, func() error { known[id] = number; return nil }); err != nil {
		return nil, err
	}
	prices := make([]int32, len(wanted))
	for i, item := range wanted {
		price, found := known[item]
		if !found {
			return nil, ErrNone
		}
		prices[i] = price
	}
	return prices, nil
}
