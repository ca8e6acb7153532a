// Package wire is how the Go programs reach go_examples/internal/companion, the other end of the wire: an upstream, and clients
// that it runs on command.
package wire

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
)

// Upstream returns the host and port of the upstream.
func Upstream() string { return address("UPSTREAM") }

// Clients are connections from the companion to a server of this process.
type Clients struct {
	control net.Conn
	answers *bufio.Reader
}

// Connect has the companion open as many connections to a server that echoes, and waits until each has been served once.
func Connect(server net.Addr, count int) *Clients {
	control, err := net.Dial("tcp", address("LOAD"))
	if err != nil {
		panic(err)
	}
	clients := &Clients{control, bufio.NewReader(control)}
	if opened := clients.ask("connected", "connect %d %d echo", server.(*net.TCPAddr).Port, count); opened != count {
		panic(fmt.Sprintf("%d connections are open, not %d", opened, count))
	}
	return clients
}

// Rounds has every client send n messages, one after another, and returns how many came back as they were sent.
func (c *Clients) Rounds(n int) int { return c.ask("done", "rounds %d", n) }

// ask sends a request and returns the number in the answer.
func (c *Clients) ask(want, request string, numbers ...any) int {
	if _, err := fmt.Fprintf(c.control, request+"\n", numbers...); err != nil {
		panic(err)
	}
	answer, err := c.answers.ReadString('\n')
	if err != nil {
		panic(err)
	}
	var number int
	if _, err := fmt.Sscanf(answer, want+" %d\n", &number); err != nil {
		panic("the companion answers " + strings.TrimSpace(answer))
	}
	return number
}

// Once makes a Prepare that works once for each input and then returns the same again. A benchmark binary prepares before every
// value, and what is open should stay open from one to the next.
func Once[In comparable, Prepared any](prepare func(In) Prepared) func(In) Prepared {
	var mutex sync.Mutex
	made := map[In]Prepared{}
	return func(in In) Prepared {
		mutex.Lock()
		defer mutex.Unlock()
		prepared, ok := made[in]
		if !ok {
			prepared = prepare(in)
			made[in] = prepared
		}
		return prepared
	}
}

func address(variable string) string {
	address := os.Getenv(variable)
	if address == "" {
		panic(variable + " is not set: the harness starts go_examples/internal/companion and sets it")
	}
	return address
}
