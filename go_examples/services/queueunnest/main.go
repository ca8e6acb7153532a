// Command queueunnest is a consumer that writes a batch by one statement, which takes a column at a time, with pgx.
package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/consuming"
)

const insert = `
INSERT INTO bench_queue.taken (message, order_id, customer, cents)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
ON CONFLICT DO NOTHING
`

func main() { consuming.Main(nil, write) }

func write(ctx context.Context, pool *pgxpool.Pool, rows []consuming.Row) error {
	messages, customers, cents := make([]int64, len(rows)), make([]int64, len(rows)), make([]int64, len(rows))
	orders := make([]string, len(rows))
	for i, row := range rows {
		messages[i], orders[i], customers[i], cents[i] = row.Message, row.OrderID, row.Customer, row.Cents
	}
	_, err := pool.Exec(ctx, insert, messages, orders, customers, cents)
	return err
}
