// Command queuecopy is a consumer that copies a batch into a temporary table and writes it from there, with pgx: COPY itself cannot
// ignore the messages that it has seen.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/consuming"
)

const (
	arrived = "CREATE TEMPORARY TABLE arrived (LIKE bench_queue.taken) ON COMMIT DELETE ROWS"
	insert  = "INSERT INTO bench_queue.taken SELECT * FROM arrived ON CONFLICT DO NOTHING"
)

var columns = []string{"message", "order_id", "customer", "cents"}

func main() { consuming.Main(initialise, write) }

// initialise gives a connection the table into which batches are copied.
func initialise(ctx context.Context, connection *pgx.Conn) error {
	_, err := connection.Exec(ctx, arrived)
	return err
}

func write(ctx context.Context, pool *pgxpool.Pool, rows []consuming.Row) error {
	return pgx.BeginFunc(ctx, pool, func(transaction pgx.Tx) error {
		each := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			row := rows[i]
			return []any{row.Message, row.OrderID, row.Customer, row.Cents}, nil
		})
		if _, err := transaction.CopyFrom(ctx, pgx.Identifier{"arrived"}, columns, each); err != nil {
			return err
		}
		_, err := transaction.Exec(ctx, insert)
		return err
	})
}
