// Package hub keeps WebSockets open, pings them and broadcasts to all of them, which is no framework's business: as the chat in the
// examples of gorilla/websocket does, one goroutine reads from each connection and another writes to it.
package hub

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// queued is how many messages may wait for a client; one that is slower than that is disconnected, as in the chat.
	queued = 16
	// longest is the greatest length of a message that a client may send.
	longest = 512
)

// upgrader lends a connection a buffer only while it writes: nearly all of the time nothing is written to most of them.
var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{}}

// Hub is all connections.
type Hub struct {
	ping     time.Duration // between two pings of a client
	patience time.Duration // in which it has to answer one, and to take what is written to it
	lock     sync.Mutex
	clients  map[*client]struct{}
}

// client is one connection.
type client struct {
	connection *websocket.Conn
	messages   chan *websocket.PreparedMessage
}

// New returns a hub without connections. PING says how many seconds are between two pings of one.
func New() (*Hub, error) {
	seconds, err := strconv.Atoi(os.Getenv("PING"))
	if err != nil || seconds < 1 {
		return nil, fmt.Errorf("PING=%q: want a number of seconds, at least 1", os.Getenv("PING"))
	}
	return newHub(time.Duration(seconds)*time.Second, 30*time.Second), nil
}

func newHub(ping, patience time.Duration) *Hub {
	return &Hub{ping: ping, patience: patience, clients: map[*client]struct{}{}}
}

// Open makes a WebSocket of a request. It returns at once, so that nothing is kept of the request.
func (h *Hub) Open(w http.ResponseWriter, r *http.Request) {
	connection, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	c := &client{connection, make(chan *websocket.PreparedMessage, queued)}
	h.lock.Lock()
	h.clients[c] = struct{}{}
	h.lock.Unlock()
	go h.read(c)
	go h.write(c)
}

// Broadcast sends a text to all connections, and returns how many these are. It waits for none of them.
func (h *Hub) Broadcast(text []byte) (int, error) {
	message, err := websocket.NewPreparedMessage(websocket.TextMessage, text)
	if err != nil {
		return 0, err
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for c := range h.clients {
		select {
		case c.messages <- message:
		default:
			h.drop(c)
		}
	}
	return len(h.clients), nil
}

// read reads what a client sends, until it has gone or has not answered a ping.
func (h *Hub) read(c *client) {
	defer c.connection.Close()
	defer func() {
		h.lock.Lock()
		defer h.lock.Unlock()
		h.drop(c)
	}()
	alive := func(string) error { return c.connection.SetReadDeadline(time.Now().Add(h.ping + h.patience)) }
	c.connection.SetReadLimit(longest)
	c.connection.SetPongHandler(alive)
	alive("")
	for {
		if _, _, err := c.connection.NextReader(); err != nil {
			return
		}
	}
}

// write pings a client and sends it what is broadcast, until it is dropped.
func (h *Hub) write(c *client) {
	defer c.connection.Close()
	ticker := time.NewTicker(h.ping)
	defer ticker.Stop()
	for {
		var err error
		select {
		case message, open := <-c.messages:
			if !open {
				return
			}
			c.connection.SetWriteDeadline(time.Now().Add(h.patience))
			err = c.connection.WritePreparedMessage(message)
		case <-ticker.C:
			err = c.connection.WriteControl(websocket.PingMessage, nil, time.Now().Add(h.patience))
		}
		if err != nil {
			return
		}
	}
}

// drop lets a client's writer end. The lock is held.
func (h *Hub) drop(c *client) {
	if _, there := h.clients[c]; there {
		delete(h.clients, c)
		close(c.messages)
	}
}
