// Package consuming is a consumer of a queue of orders, whatever writes them: it fetches a batch, validates it, has it written, and
// acknowledges it.
//
// An order that is not valid is terminated, as it would be no better the next time. Whatever ends the process between the writing and
// the acknowledging has the batch delivered again: the writing has to ignore the messages that it has seen. The Python twin is
// bench/workloads/services/consuming.py.
package consuming

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"go_examples/internal/submissions"
)

const stream, consumer = "ORDERS", "writer"

// Row is what is written of an order.
type Row struct {
	Message  int64 // the message's id
	OrderID  string
	Customer int64
	Cents    int64 // of all its items
}

// Initialise prepares a new connection to the database.
type Initialise func(ctx context.Context, connection *pgx.Conn) error

// Write writes the rows of a batch in one transaction, but for those whose message has been written before.
type Write func(ctx context.Context, pool *pgxpool.Pool, rows []Row) error

// settings are what a consumer is started with.
type settings struct {
	nats, database string        // URLs
	connections    int           // to the database, each with a worker of its own
	batch          int           // the most messages of a batch
	linger         time.Duration // that a batch may wait until it is full
}

// Main consumes without end. Initialise may be nil.
func Main(initialise Initialise, write Write) {
	log.SetFlags(0)
	own, err := fromEnvironment()
	if err == nil {
		err = consume(context.Background(), own, initialise, write)
	}
	log.Fatal(err)
}

func fromEnvironment() (settings, error) {
	connections, err := strconv.Atoi(os.Getenv("CONNECTIONS"))
	batch, other := strconv.Atoi(os.Getenv("BATCH"))
	linger, another := strconv.ParseFloat(os.Getenv("LINGER"), 64)
	seconds := time.Duration(linger * float64(time.Second))
	return settings{os.Getenv("NATS_URL"), os.Getenv("DATABASE_URL"), connections, batch, seconds}, errors.Join(err, other, another)
}

// consume has as many workers as there are connections to the database; it returns when one of them fails.
func consume(ctx context.Context, own settings, initialise Initialise, write Write) error {
	config, err := pgxpool.ParseConfig(own.database)
	if err != nil {
		return err
	}
	config.MinConns, config.MaxConns, config.AfterConnect = int32(own.connections), int32(own.connections), initialise
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	client, err := nats.Connect(own.nats)
	if err != nil {
		return err
	}
	defer client.Close()
	js, err := jetstream.New(client)
	if err != nil {
		return err
	}
	workers, ctx := errgroup.WithContext(ctx)
	for range own.connections {
		queue, err := js.Consumer(ctx, stream, consumer)
		if err != nil {
			return err
		}
		workers.Go(func() error {
			for {
				if err := take(ctx, queue, own, pool, write); err != nil {
					return err
				}
			}
		})
	}
	return workers.Wait()
}

// take fetches a batch and does all that is to be done with it.
func take(ctx context.Context, queue jetstream.Consumer, own settings, pool *pgxpool.Pool, write Write) error {
	messages, err := queue.Fetch(own.batch, jetstream.FetchMaxWait(own.linger))
	if err != nil {
		return err
	}
	var valid []jetstream.Msg
	var rows []Row
	for message := range messages.Messages() {
		order := decoded(message.Data())
		if order == nil {
			if err := message.Term(); err != nil {
				return err
			}
			continue
		}
		row, err := rowOf(message, order)
		if err != nil {
			return err
		}
		valid, rows = append(valid, message), append(rows, row)
	}
	if err := messages.Error(); err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	if err := write(ctx, pool, rows); err != nil {
		return err
	}
	for _, message := range valid {
		if err := message.Ack(); err != nil {
			return err
		}
	}
	return nil
}

// decoded returns a valid order, or nil. The rules are those of Review, which says of each body how many fields offend.
func decoded(body []byte) *submissions.Order {
	var order *submissions.Order
	answer := submissions.Review([][]byte{body}, func(body []byte, into *submissions.Order) error {
		order = into
		return json.Unmarshal(body, into)
	})
	if answer[0] > 0 {
		return nil
	}
	return order
}

func rowOf(message jetstream.Msg, order *submissions.Order) (Row, error) {
	id, err := strconv.ParseInt(message.Headers().Get(jetstream.MsgIDHeader), 10, 64)
	total := 0
	for _, item := range order.Items {
		total += item.Quantity * item.Cents
	}
	return Row{id, order.ID, int64(order.Customer.ID), int64(total)}, err
}
