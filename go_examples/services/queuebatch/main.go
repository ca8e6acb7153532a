// Command queuebatch is a consumer that writes a batch by a statement for each row, all in one round trip, with pgx.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/consuming"
)

const insert = `
INSERT INTO bench_queue.taken (message, order_id, customer, cents) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
`

func main() { consuming.Main(nil, write) }

// write relies on PostgreSQL, for which what is sent in one round trip is one transaction.
func write(ctx context.Context, pool *pgxpool.Pool, rows []consuming.Row) error {
	batch := new(pgx.Batch)
	for _, row := range rows {
		batch.Queue(insert, row.Message, row.OrderID, row.Customer, row.Cents)
	}
	return pool.SendBatch(ctx, batch).Close()
}
