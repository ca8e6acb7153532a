// Command distance is the way to a server that is not next door: it forwards connections, and whatever goes through arrives later.
//
// It prints its address, and for each line of its standard input how much later than planned it was since the last, in seconds; it ends
// when that ends:
//
//	{"address":"127.0.0.1:40123"}
//	{"forwarded":120034,"late_p50":0.000061,"late_p99":0.000184}
//
// A round trip takes -round-trip longer than without it: half of that on the way there, half on the way back. Throughput is not
// limited, nothing is lost or put in another order, and a connection is open as soon as it is accepted here: what a client waits for
// when it connects is not delayed.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("distance: ")
	to := flag.String("to", "", "the server's host:port")
	roundTrip := flag.Duration("round-trip", 0, "how much longer a round trip takes, such as 5ms")
	flag.Parse()
	if *to == "" || *roundTrip <= 0 {
		log.Fatal("-to and -round-trip are needed; -help says what they are")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("{\"address\":%q}\n", listener.Addr())
	way := newWay(*roundTrip / 2)
	go way.deliver()
	go forward(listener, *to, way)
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		if err := json.NewEncoder(os.Stdout).Encode(way.lateness()); err != nil {
			log.Fatal(err)
		}
	}
}

// forward accepts connections and makes one to the server for each; it returns when the listener is closed.
func forward(listener net.Listener, to string, way *way) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			server, err := net.DialTimeout("tcp", to, 10*time.Second)
			if err != nil {
				log.Print(err)
				client.Close()
				return
			}
			here, there := &side{TCPConn: client.(*net.TCPConn)}, &side{TCPConn: server.(*net.TCPConn)}
			here.other, there.other = there, here
			go way.send(here, there)
			way.send(there, here)
		}()
	}
}
