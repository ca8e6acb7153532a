// Command connectionbufio holds goroutines that have answered one byte and wait for more, each on a connection of
// its own by a bufio.Reader, as net/http has one.
// The other ends are the companion's.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"sync/atomic"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

// run returns how many bytes came: one from each connection.
func run(in input, mark report.Mark) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var received atomic.Int64
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go handle(connection, &received)
		}
	}()
	companion, err := connect(listener.Addr().(*net.TCPAddr).Port, in.Count)
	if err != nil {
		panic(err)
	}
	defer companion.Close()
	mark("held")
	return int(received.Load())
}

// handle counts the bytes of one connection and sends them back, until its end.
func handle(connection net.Conn, received *atomic.Int64) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	for {
		message, err := reader.ReadByte()
		if err != nil {
			return
		}
		received.Add(1)
		if _, err := connection.Write([]byte{message}); err != nil {
			return
		}
	}
}

// connect has the companion open connections, and send a byte on each and get it back, until what is returned is closed.
func connect(port, count int) (net.Conn, error) {
	companion, err := net.Dial("tcp", os.Getenv("LOAD"))
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(companion, "connect %d %d echo\n", port, count); err != nil {
		return nil, err
	}
	answer, err := bufio.NewReader(companion).ReadString('\n')
	if err != nil {
		return nil, err
	}
	if answer != fmt.Sprintf("connected %d\n", count) {
		return nil, fmt.Errorf("the companion answers %q", answer)
	}
	return companion, nil
}
