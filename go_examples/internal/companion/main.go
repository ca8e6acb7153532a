// Command companion is the other end of the wire for the programs that are measured over a network: an upstream that is slow to
// answer, and the clients of a server. It runs on other CPUs than the measured program.
//
// It prints one line, the ports on 127.0.0.1 of the upstream and of the clients' control, and serves until its standard input ends:
//
//	HTTPPORT LOADPORT
//
// The upstream speaks HTTP/1.1: GET /?ms=20 answers "ok\n" after 20 ms. A connection to the clients' control commands clients of
// its own, a line for each request and a line for each answer:
//
//	connect PORT COUNT        connected COUNT   COUNT connections to 127.0.0.1:PORT are open, a byte has been sent on each
//	connect PORT COUNT echo   connected COUNT   likewise, and the byte has come back on each
//	rounds N                  done TOTAL        on all connections at once, a message of 64 bytes has gone out and come back N times;
//	                                            TOTAL counts those that came back as they were sent
//	close                     closed            all connections are closed
//
// Rounds need connections that were made with echo. An answer that begins with "error" says what went wrong. The connections
// are reset, not closed, when the control ends, so that none lingers until the next measurement.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("companion: ")
	cpus := flag.String("cpus", "", "the CPUs to run on, such as 0,2; all by default")
	flag.Parse()
	if *cpus != "" {
		if err := moveTo(*cpus); err != nil {
			log.Fatalf("-cpus %s: %v", *cpus, err)
		}
	}
	upstream, control := listen(), listen()
	go func() { log.Fatal(http.Serve(upstream, http.HandlerFunc(answerLate))) }()
	go func() { log.Fatal(serveControl(control)) }()
	fmt.Println(port(upstream), port(control))
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		log.Fatal(err)
	}
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

func port(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }
