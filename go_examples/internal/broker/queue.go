package main

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	stream   = "ORDERS"
	subject  = "orders.new"
	consumer = "writer"
	ready    = 10 * time.Second
	poll     = 2 * time.Millisecond
	inFlight = 4000 // messages that are published and not confirmed yet
)

// queue is a running server with one stream and its one consumer.
type queue struct {
	server    *server.Server
	client    *nats.Conn
	jetstream jetstream.JetStream
	stream    jetstream.Stream
	consumer  jetstream.Consumer
	published int
}

// open starts a server with an empty stream. Its settings are the defaults of NATS, but for the folder, the port and the two limits.
func open(store string, port, unacknowledged int, wait time.Duration) (*queue, error) {
	if err := isFree(port); err != nil {
		return nil, err
	}
	options := &server.Options{
		Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: store, NoSigs: true, NoLog: true,
	}
	running, err := server.NewServer(options)
	if err != nil {
		return nil, err
	}
	running.Start()
	if !running.ReadyForConnections(ready) {
		return nil, fmt.Errorf("NATS is not ready on port %d within %v", port, ready)
	}
	client, err := nats.Connect("", nats.InProcessServer(running))
	if err != nil {
		return nil, err
	}
	js, err := jetstream.New(client, jetstream.WithPublishAsyncMaxPending(inFlight))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), ready)
	defer cancel()
	orders, err := js.CreateStream(ctx, jetstream.StreamConfig{
		Name: stream, Subjects: []string{subject}, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return nil, err
	}
	reader, err := orders.CreateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: consumer, AckPolicy: jetstream.AckExplicitPolicy, AckWait: wait, MaxAckPending: unacknowledged,
	})
	if err != nil {
		return nil, err
	}
	return &queue{server: running, client: client, jetstream: js, stream: orders, consumer: reader}, nil
}

// isFree says that a port is taken: the server would only log that, and be never ready.
func isFree(port int) error {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("NATS cannot listen: %w", err)
	}
	return listener.Close()
}

func (q *queue) close() {
	q.client.Close()
	q.server.Shutdown()
	q.server.WaitForShutdown()
}

type publication struct {
	Published int     `json:"published"`
	Seconds   float64 `json:"seconds"`
	LateP99   float64 `json:"late_p99"`
}

// publish publishes messages at planned times, or one after the other where rate is 0; it returns when the server has stored them.
func (q *queue) publish(ctx context.Context, bodies [][]byte, messages int, rate float64) (*publication, error) {
	late := make([]float64, 0, messages)
	start := time.Now()
	for i := range messages {
		if rate > 0 {
			planned := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
			time.Sleep(time.Until(planned))
			late = append(late, time.Since(planned).Seconds())
		}
		q.published++
		message := nats.NewMsg(subject)
		message.Header.Set(jetstream.MsgIDHeader, strconv.Itoa(q.published))
		message.Data = bodies[(q.published-1)%len(bodies)]
		if _, err := q.jetstream.PublishMsgAsync(message, jetstream.WithStallWait(ready)); err != nil {
			return nil, err
		}
	}
	select {
	case <-q.jetstream.PublishAsyncComplete():
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	answer := &publication{Published: messages, Seconds: time.Since(start).Seconds()}
	info, err := q.stream.Info(ctx)
	if err != nil {
		return nil, err
	}
	if info.State.LastSeq != uint64(q.published) {
		return nil, fmt.Errorf("%d messages were published, and %d are stored", q.published, info.State.LastSeq)
	}
	if len(late) > 0 {
		slices.Sort(late)
		answer.LateP99 = late[len(late)*99/100]
	}
	return answer, nil
}

type progress struct {
	Acknowledged uint64  `json:"acknowledged"` // or terminated, in whatever order
	Floor        uint64  `json:"floor"`        // the last message up to which all are
	Redelivered  int     `json:"redelivered"`
	Seconds      float64 `json:"seconds"`
}

// consumed waits until so many messages are acknowledged, but no longer than limit.
func (q *queue) consumed(ctx context.Context, until uint64, limit time.Duration) (*progress, error) {
	start := time.Now()
	for {
		info, err := q.consumer.Info(ctx)
		if err != nil {
			return nil, err
		}
		spent := time.Since(start)
		acknowledged := info.Delivered.Stream - uint64(info.NumAckPending)
		if acknowledged >= until || spent >= limit {
			return &progress{acknowledged, info.AckFloor.Stream, info.NumRedelivered, spent.Seconds()}, nil
		}
		time.Sleep(poll)
	}
}
