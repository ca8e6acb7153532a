// Command crowd opens WebSockets to a server and keeps them open: it counts the pings that come on each, and times how long a broadcast
// takes to reach all of them. `crowd -help` explains how it is told what to do.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

const help = `crowd keeps WebSockets open, all of them idle.

Each line of the standard input is a phase, and is answered by one line. It first prints {}, and ends with its input.

  open       opens as many connections to GET /ws, from as many addresses of the loopback as it takes: a client's ports are few

    {"mode":"open","target":"127.0.0.1:8000","connections":10000}      ->  {"opened":10000,"seconds":2.5}

  idle       waits for as many seconds, and then until each connection has been pinged in that time; answers all pings

    {"mode":"idle","seconds":30}     ->  {"pings":10000,"fewest":1,"seconds":30.0}

  broadcast  asks POST /broadcast as many times for a message of 100 bytes, each time when all have the one before

    {"mode":"broadcast","times":20}  ->  {"received":200000,"p50":0.02,"p99":0.05,"last":0.05}

    p50 and p99 are of the seconds from the request to a connection's message, over all of them; last is the median of those of the
    last connection of each broadcast.

A ping is a control frame, or a message "ping" of a server that can send none; the latter is answered by a message "pong". When all are
open, "hello" is broadcast until the server counts all of them. A phase that fails, and a connection that was closed or was sent something
else, is answered by {"failure":"why"}.
`

// phase is one line of the standard input.
type phase struct {
	Mode        string  `json:"mode"`
	Target      string  `json:"target"`
	Connections int     `json:"connections"`
	Seconds     float64 `json:"seconds"`
	Times       int     `json:"times"`
}

// memory is how much may be used before garbage is collected: never within a broadcast.
const memory = 4 << 30

func main() {
	log.SetFlags(0)
	log.SetPrefix("crowd: ")
	flag.Usage = func() { fmt.Fprint(flag.CommandLine.Output(), help) }
	flag.Parse()
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(memory)
	if err := serve(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// serve makes phases until its input ends.
func serve(input io.Reader, output io.Writer) error {
	answers := json.NewEncoder(output)
	answers.SetEscapeHTML(false)
	if err := answers.Encode(struct{}{}); err != nil {
		return err
	}
	var all crowd
	defer all.close()
	lines := bufio.NewScanner(input)
	for number := 1; lines.Scan(); number++ {
		runtime.GC() // what the phase before has left
		answer, err := all.phase(lines.Bytes())
		if err != nil {
			answer = map[string]string{"failure": fmt.Sprintf("line %d: %v", number, err)}
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return lines.Err()
}

// phase makes the phase of a line, and returns the answer.
func (c *crowd) phase(line []byte) (any, error) {
	var read phase
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return nil, err
	}
	if err := c.failure(); err != nil {
		return nil, err
	}
	switch {
	case read.Mode == "open" && read.Connections > 0 && len(c.sockets) == 0:
		return c.open(read.Target, read.Connections)
	case read.Mode == "idle" && read.Seconds > 0 && len(c.sockets) > 0:
		return c.idle(time.Duration(read.Seconds * float64(time.Second)))
	case read.Mode == "broadcast" && read.Times > 0 && len(c.sockets) > 0:
		return c.broadcast(read.Times)
	}
	return nil, fmt.Errorf("%s: want open with target and connections first, then idle with seconds, or broadcast with times", line)
}
