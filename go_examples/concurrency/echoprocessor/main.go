// Command echoprocessor echoes what its clients send, a goroutine for each connection, and says what the processor spends on a
// message.
package main

import (
	"net"

	"go_examples/internal/observed"
	"go_examples/internal/report"
	"go_examples/internal/wire"
)

type input struct {
	Connections int `report:"connections"`
	Messages    int `report:"messages"`
	Rounds      int `report:"rounds"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener)
	clients := wire.Connect(listener.Addr(), in.Connections)
	return observed.Serves(mark, func() int { return clients.Rounds(in.Messages) }, in.Rounds)
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
