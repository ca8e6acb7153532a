// Package echo1 echoes what one client sends: a goroutine for each connection reads and writes. The scheduler parks it while there is
// nothing to read, and the runtime's poller, which is epoll on Linux, wakes it.
package echo1

import (
	"net"

	"go_examples/internal/wire"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Connections int `json:"connections"`
	Rounds      int `json:"rounds"`
}

// Serving is a server with its clients, and the round trips that each is to make.
type Serving struct {
	clients *wire.Clients
	rounds  int
}

// Prepare starts the server and has all clients connect.
var Prepare = wire.Once(func(in Input) Serving {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener)
	return Serving{wire.Connect(listener.Addr(), in.Connections), in.Rounds}
})

// Run returns the number of messages that came back to the clients as they were sent.
func Run(s Serving) int {
	return s.clients.Rounds(s.rounds)
}

func serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go echo(conn)
	}
}

func echo(conn net.Conn) {
	defer conn.Close()
	buffer := make([]byte, 4096)
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		if _, err := conn.Write(buffer[:n]); err != nil {
			return
		}
	}
}
