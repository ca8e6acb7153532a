package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"

	"go_examples/load/endpoints"
)

// checked is the answer to a check.
type checked struct {
	Valid int `json:"valid"`
}

// check sends requests one after the other, and those that are invalid as well; each answer is validated wholly.
func check(plan *phase) (checked, error) {
	limit := seconds(plan.Limit)
	if plan.endpoint.WebSocket {
		return checkMessages(plan, limit)
	}
	if plan.endpoint.Call != nil {
		return checkCalls(plan, limit)
	}
	var asking interface {
		ask(request []byte) (*http.Response, []byte, error)
		close()
	} = &asker{address: plan.Target, limit: limit}
	if plan.Transport != "" {
		by, err := newClient(plan, 1, limit)
		if err != nil {
			return checked{}, err
		}
		asking = by
	}
	defer asking.close()
	endpoint := &plan.endpoint
	for i := range uint64(plan.Requests) {
		request := endpoint.AppendRequest(nil, plan.Target, plan.Seed, i)
		response, body, err := asking.ask(request)
		if err == nil {
			err = endpoint.Validate(response, body, plan.Seed, i)
		}
		if err != nil {
			return checked{}, fmt.Errorf("%s: %w", endpoint.Title(plan.Seed, i), err)
		}
	}
	for _, invalid := range endpoint.Invalid {
		response, body, err := asking.ask(invalid.Request(plan.Target))
		if err == nil {
			err = invalid.Validate(response, body)
		}
		if err != nil {
			return checked{}, fmt.Errorf("%s: %w", invalid.Title(), err)
		}
	}
	return checked{plan.Requests}, nil
}

// asker sends requests on one connection, which it opens again only when the server has said that it closes it: net/http's client
// would send a request again without a word.
type asker struct {
	address string
	limit   time.Duration
	conn    net.Conn
	reader  *bufio.Reader
}

// ask returns the answer to a request; it has to come within the limit.
func (a *asker) ask(request []byte) (*http.Response, []byte, error) {
	if a.conn == nil {
		conn, err := net.DialTimeout("tcp", a.address, a.limit)
		if err != nil {
			return nil, nil, a.explained(err)
		}
		a.conn, a.reader = conn, bufio.NewReader(conn)
	}
	response, body, err := a.exchange(request)
	if err != nil {
		return nil, nil, a.explained(err)
	}
	if response.Close {
		a.close()
	}
	return response, body, nil
}

func (a *asker) exchange(request []byte) (*http.Response, []byte, error) {
	if err := a.conn.SetDeadline(time.Now().Add(a.limit)); err != nil {
		return nil, nil, err
	}
	if _, err := a.conn.Write(request); err != nil {
		return nil, nil, err
	}
	return readWhole(a.reader)
}

// explained says what an error of the connection means.
func (a *asker) explained(err error) error { return explained(err, a.limit) }

func explained(err error, limit time.Duration) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("not answered within %g s", limit.Seconds())
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the server dropped the connection")
	default:
		return fmt.Errorf("the connection failed: %w", err)
	}
}

func (a *asker) close() {
	if a.conn != nil {
		a.conn.Close()
		a.conn = nil
	}
}

// readWhole reads one response with net/http's reader.
func readWhole(reader *bufio.Reader) (*http.Response, []byte, error) {
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, body, err
}

// checkMessages sends messages on a WebSocket; each has to come back as it was.
func checkMessages(plan *phase, limit time.Duration) (checked, error) {
	title := plan.endpoint.Title(plan.Seed, 0)
	socket, err := dialWebSocket(plan.Target, &plan.endpoint, limit)
	if err != nil {
		return checked{}, fmt.Errorf("%s: %w", title, explained(err, limit))
	}
	defer socket.Close()
	for i := range uint64(plan.Requests) {
		var burst [endpoints.Burst][]byte
		for j := range burst {
			burst[j] = plan.endpoint.AppendMessage(nil, plan.Seed, i, j)
		}
		if err := echoed(socket, burst[:], limit); err != nil {
			return checked{}, fmt.Errorf("%s: %w", title, err)
		}
	}
	return checked{plan.Requests}, nil
}

// echoed sends messages at once, and reads them back.
func echoed(socket *websocket.Conn, burst [][]byte, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	if err := errors.Join(socket.SetWriteDeadline(deadline), socket.SetReadDeadline(deadline)); err != nil {
		return err
	}
	for _, message := range burst {
		if err := socket.WriteMessage(websocket.TextMessage, message); err != nil {
			return explained(err, limit)
		}
	}
	for _, message := range burst {
		kind, got, err := socket.ReadMessage()
		switch {
		case err != nil:
			return explained(err, limit)
		case kind != websocket.TextMessage:
			return fmt.Errorf("answered by a message of type %d, which is not text", kind)
		case string(got) != string(message):
			return endpoints.Wrong(message, got)
		}
	}
	return nil
}
