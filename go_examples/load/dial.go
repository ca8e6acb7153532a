package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"go_examples/load/endpoints"
)

// dialled is how long a connection may take to open.
const dialled = 5 * time.Second

// dial opens a connection, and a WebSocket on it where the endpoint is one.
func dial(address string, endpoint *endpoints.Endpoint) (net.Conn, error) {
	if !endpoint.WebSocket {
		return net.DialTimeout("tcp", address, dialled)
	}
	socket, err := dialWebSocket(address, endpoint, dialled)
	if err != nil {
		return nil, err
	}
	return socket.NetConn(), nil // nothing has come on it: servers speak second
}

func dialWebSocket(address string, endpoint *endpoints.Endpoint, limit time.Duration) (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: limit}
	socket, response, err := dialer.Dial("ws://"+address+endpoint.Path(), http.Header{"Origin": {"http://" + address}})
	if err != nil && response != nil {
		return nil, fmt.Errorf("no WebSocket but status %d: %w", response.StatusCode, err)
	}
	return socket, err
}
