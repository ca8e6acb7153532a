// Command broker is the message queue that measured consumers read from: NATS JetStream, embedded, with its store on disk. It publishes
// what they consume as well, and says how far they are.
//
// It prints its address, then answers each line of its standard input with one; it ends when that ends:
//
//	{"url":"nats://127.0.0.1:40123"}
//	{"do":"publish","messages":5000,"rate":1000}  ->  {"published":5000,"seconds":5.0,"late_p99":0.0002}
//	{"do":"consume","until":5000,"seconds":2}     ->  {"acknowledged":4100,"redelivered":0,"seconds":2.0}
//
// Messages are the lines of -bodies, over and over, and the header Nats-Msg-Id of each is its number, from 1.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"time"
)

type order struct {
	Do       string  `json:"do"`
	Messages int     `json:"messages"`
	Rate     float64 `json:"rate"`
	Until    uint64  `json:"until"`
	Seconds  float64 `json:"seconds"`
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("broker: ")
	store := flag.String("store", "", "the folder of the messages")
	port := flag.Int("port", 0, "the port on 127.0.0.1")
	bodies := flag.String("bodies", "", "the file with a message on each line")
	unacknowledged := flag.Int("unacknowledged", 0, "how many messages may be delivered and not acknowledged yet")
	wait := flag.Duration("wait", 30*time.Second, "after which a message that is not acknowledged is delivered again")
	flag.Parse()
	if *store == "" || *port == 0 || *bodies == "" || *unacknowledged == 0 {
		log.Fatal("-store, -port, -bodies and -unacknowledged are needed; -help says what they are")
	}
	content, err := os.ReadFile(*bodies)
	if err != nil {
		log.Fatal(err)
	}
	queue, err := open(*store, *port, *unacknowledged, *wait)
	if err != nil {
		log.Fatal(err)
	}
	defer queue.close()
	fmt.Printf("{\"url\":%q}\n", queue.server.ClientURL())
	lines := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
	answers := json.NewEncoder(os.Stdout)
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		answer, err := do(context.Background(), queue, asked.Bytes(), lines)
		if err == nil {
			err = answers.Encode(answer)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}

func do(ctx context.Context, queue *queue, line []byte, bodies [][]byte) (any, error) {
	var order order
	if err := json.Unmarshal(line, &order); err != nil {
		return nil, err
	}
	switch order.Do {
	case "publish":
		return queue.publish(ctx, bodies, order.Messages, order.Rate)
	case "consume":
		return queue.consumed(ctx, order.Until, time.Duration(order.Seconds*float64(time.Second)))
	default:
		return nil, fmt.Errorf("do %q: neither publish nor consume", order.Do)
	}
}
