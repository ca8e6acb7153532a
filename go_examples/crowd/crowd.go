package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// perAddress is how many connections come from one address of the loopback: far fewer than it has ports, of which those of
	// connections that were closed a minute ago cannot be had.
	perAddress = 2_000
	// openers is how many connections are opened at a time: fewer than wait in any listening server's queue.
	openers = 32
	// dialled is how long a connection may take to open...
	dialled = 10 * time.Second
	// ...patience how long the last ping may be late, and the last message of a broadcast...
	patience = 30 * time.Second
	// ...and poll how often one looks whether it has come.
	poll = 10 * time.Millisecond
	// length is that of a message which is broadcast.
	length = 100
	// greeting is broadcast when all connections are open, and counts for nothing.
	greeting = "hello"
	// heartbeat is the message of a server that can send no pings, and alive its answer.
	heartbeat, alive = "ping", "pong"
)

// crowd is all connections to one server.
type crowd struct {
	target  string
	sockets []*socket
	failed  atomic.Pointer[error] // the first failure of a connection
	wanted  atomic.Pointer[message]
	closing atomic.Bool
}

// socket is one connection.
type socket struct {
	*websocket.Conn
	pings  atomic.Int64
	before int64 // of these, those that came before the time that counts
}

// message is one broadcast, under way.
type message struct {
	text  string
	begun time.Time
	took  []time.Duration // by connection; 0 as long as nothing has come
	left  sync.WaitGroup
}

type opened struct {
	Opened  int     `json:"opened"`
	Seconds float64 `json:"seconds"`
}

type pinged struct {
	Pings   int64   `json:"pings"`
	Fewest  int64   `json:"fewest"`
	Seconds float64 `json:"seconds"`
}

type received struct {
	Received int     `json:"received"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	Last     float64 `json:"last"`
}

// open opens connections.
func (c *crowd) open(target string, connections int) (opened, error) {
	c.target = target
	c.sockets = make([]*socket, connections)
	begun := time.Now()
	var next atomic.Int64
	var opening sync.WaitGroup
	for range openers {
		opening.Go(func() {
			for i := int(next.Add(1)) - 1; i < connections && c.failure() == nil; i = int(next.Add(1)) - 1 {
				dialled, err := dial(target, i)
				if err != nil {
					c.fail(fmt.Errorf("connection %d of %d: %w", i+1, connections, explained(err)))
					return
				}
				c.sockets[i] = &socket{Conn: dialled}
				go c.read(i)
			}
		})
	}
	opening.Wait()
	took := time.Since(begun)
	if c.failure() == nil {
		c.fail(c.confirm())
	}
	return opened{connections, took.Seconds()}, c.failure()
}

// confirm waits until the server knows of all connections: of each it learns after its client does.
func (c *crowd) confirm() error {
	for limit := time.Now().Add(patience); ; time.Sleep(poll) {
		count, err := c.ask(greeting)
		if err != nil || count == len(c.sockets) {
			return err
		}
		if time.Now().After(limit) {
			return fmt.Errorf("the server counts %d of %d connections", count, len(c.sockets))
		}
	}
}

func dial(target string, i int) (*websocket.Conn, error) {
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+i/perAddress))}
	dialer := websocket.Dialer{
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return (&net.Dialer{LocalAddr: from}).DialContext(ctx, network, address)
		},
		HandshakeTimeout: dialled,
		ReadBufferSize:   256,
		WriteBufferSize:  256,
		WriteBufferPool:  &buffers,
	}
	socket, response, err := dialer.Dial("ws://"+target+"/ws", nil)
	if err != nil && response != nil {
		return nil, fmt.Errorf("no WebSocket but status %d: %w", response.StatusCode, err)
	}
	return socket, err
}

var buffers sync.Pool

// explained adds to an error what can be done about it.
func explained(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("%w: raise the limit on open files, ulimit -Hn", err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%w: the loopback has too few ports, net.ipv4.ip_local_port_range", err)
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w: the server is too slow, or the kernel's table of connections is full, net.netfilter.nf_conntrack_max", err)
	}
	return err
}

// read counts and answers what comes on a connection until it is closed.
func (c *crowd) read(i int) {
	socket := c.sockets[i]
	pong := socket.PingHandler()
	socket.SetPingHandler(func(data string) error {
		socket.pings.Add(1)
		return pong(data)
	})
	for {
		_, data, err := socket.ReadMessage()
		now := time.Now()
		if err == nil {
			err = c.take(i, string(data), now)
		}
		if err != nil {
			c.fail(fmt.Errorf("connection %d of %d: %w", i+1, len(c.sockets), err))
			return
		}
	}
}

// take takes a message that has come.
func (c *crowd) take(i int, data string, now time.Time) error {
	if data == heartbeat {
		c.sockets[i].pings.Add(1)
		return c.sockets[i].WriteMessage(websocket.TextMessage, []byte(alive))
	}
	if data == greeting {
		return nil
	}
	wanted := c.wanted.Load()
	if wanted == nil || data != wanted.text || wanted.took[i] != 0 {
		return fmt.Errorf("sent what was not broadcast, or twice: %.120q", data)
	}
	wanted.took[i] = now.Sub(wanted.begun)
	wanted.left.Done()
	return nil
}

// idle waits, and makes sure that each connection was pinged.
func (c *crowd) idle(wait time.Duration) (pinged, error) {
	begun := time.Now()
	for _, socket := range c.sockets {
		socket.before = socket.pings.Load()
	}
	time.Sleep(wait)
	for c.failure() == nil {
		pings, fewest := c.pings()
		took := time.Since(begun)
		if fewest > 0 {
			return pinged{pings, fewest, took.Seconds()}, nil
		}
		if took > wait+patience {
			return pinged{}, fmt.Errorf("%d of %d connections were not pinged within %.0f s", c.unpinged(), len(c.sockets), took.Seconds())
		}
		time.Sleep(poll)
	}
	return pinged{}, c.failure()
}

// counted returns how many pings have come in the time that counts.
func (s *socket) counted() int64 { return s.pings.Load() - s.before }

// pings returns how many these are in all, and on the connection that had the fewest.
func (c *crowd) pings() (sum, fewest int64) {
	fewest = c.sockets[0].counted()
	for _, socket := range c.sockets {
		count := socket.counted()
		sum += count
		fewest = min(fewest, count)
	}
	return sum, fewest
}

func (c *crowd) unpinged() (count int) {
	for _, socket := range c.sockets {
		if socket.counted() == 0 {
			count++
		}
	}
	return count
}

// broadcast has messages broadcast, one after the other.
func (c *crowd) broadcast(times int) (received, error) {
	var all, last []time.Duration
	for i := range times {
		took, err := c.one(fmt.Sprintf("%0*d", length, i))
		if err != nil {
			return received{}, err
		}
		all = append(all, took...)
		last = append(last, slices.Max(took))
	}
	slices.Sort(all)
	slices.Sort(last)
	return received{len(all), quantile(all, 0.5), quantile(all, 0.99), quantile(last, 0.5)}, nil
}

// one has a message broadcast, and returns after what time each connection had it.
func (c *crowd) one(text string) ([]time.Duration, error) {
	wanted := &message{text: text, took: make([]time.Duration, len(c.sockets)), begun: time.Now()}
	wanted.left.Add(len(c.sockets))
	c.wanted.Store(wanted)
	done := make(chan struct{})
	go func() {
		wanted.left.Wait()
		close(done)
	}()
	count, err := c.ask(text)
	if err == nil && count != len(c.sockets) {
		err = fmt.Errorf("POST /broadcast: the server says that it sent %d messages, and there are %d connections", count, len(c.sockets))
	}
	if err != nil {
		return nil, err
	}
	limit := time.After(patience)
	for {
		select {
		case <-done:
			return wanted.took, c.failure()
		case <-limit:
			return nil, fmt.Errorf("a broadcast did not reach all connections within %.0f s", patience.Seconds())
		case <-time.After(poll):
			if err := c.failure(); err != nil {
				return nil, err
			}
		}
	}
}

// ask asks for a broadcast, and returns to how many connections the server says that it went.
func (c *crowd) ask(text string) (int, error) {
	client := http.Client{Timeout: patience}
	response, err := client.Post("http://"+c.target+"/broadcast", "text/plain; charset=utf-8", strings.NewReader(text))
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	var answer struct {
		Sent int `json:"sent"`
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("POST /broadcast: status %d", response.StatusCode)
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return 0, fmt.Errorf("POST /broadcast: %w", err)
	}
	return answer.Sent, nil
}

// quantile returns the value of a sorted sample below or at which a share of it is, in seconds.
func quantile(sorted []time.Duration, share float64) float64 {
	return sorted[int(math.Ceil(share*float64(len(sorted))))-1].Seconds()
}

func (c *crowd) failure() error {
	if err := c.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// fail keeps the first failure.
func (c *crowd) fail(err error) {
	if err != nil && !c.closing.Load() {
		c.failed.CompareAndSwap(nil, &err)
	}
}

func (c *crowd) close() {
	c.closing.Store(true)
	for _, socket := range c.sockets {
		if socket != nil {
			socket.Close()
		}
	}
}
