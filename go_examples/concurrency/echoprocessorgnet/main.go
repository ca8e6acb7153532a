// Command echoprocessorgnet echoes what its clients send in an event loop, as asyncio's protocols do: gnet calls a method with what has
// arrived, and no connection has a goroutine. It says what the processor spends on a message.
package main

import (
	"net"
	"os"

	"github.com/panjf2000/gnet/v2"

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
	clients := wire.Connect(listen(), in.Connections)
	return observed.Serves(mark, func() int { return clients.Rounds(in.Messages) }, in.Rounds)
}

type server struct {
	gnet.BuiltinEventEngine
	address chan net.Addr
}

// listen starts the server and returns its address.
func listen() net.Addr {
	s := &server{address: make(chan net.Addr, 1)}
	go func() {
		if err := gnet.Run(s, "tcp://127.0.0.1:0"); err != nil {
			panic(err)
		}
	}()
	return <-s.address
}

func (s *server) OnBoot(engine gnet.Engine) gnet.Action {
	descriptor, err := engine.Dup()
	if err != nil {
		panic(err)
	}
	file := os.NewFile(uintptr(descriptor), "listener")
	defer file.Close() // the listener has a copy
	listener, err := net.FileListener(file)
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	s.address <- listener.Addr()
	return gnet.None
}

func (s *server) OnTraffic(connection gnet.Conn) gnet.Action {
	arrived, err := connection.Next(-1)
	if err != nil {
		return gnet.Close
	}
	if _, err := connection.Write(arrived); err != nil {
		return gnet.Close
	}
	return gnet.None
}
