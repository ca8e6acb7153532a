// Command calls makes many HTTP requests at once to an upstream that is slow to answer, a goroutine for each: net/http, with
// connections that stay open from one fan-out to the next.
package main

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"go_examples/internal/observed"
	"go_examples/internal/report"
	"go_examples/internal/wire"
)

type input struct {
	Calls        int `report:"calls"`
	Milliseconds int `report:"milliseconds"`
	Rounds       int `report:"rounds"`
}

func main() { report.Main(run) }

// upstream is a client that keeps its connections, the address that it asks, and how often.
type upstream struct {
	client *http.Client
	url    string
	calls  int
}

func run(in input, mark report.Mark) int {
	service := upstream{
		client: &http.Client{
			Transport: &http.Transport{MaxIdleConns: in.Calls, MaxIdleConnsPerHost: in.Calls},
			Timeout:   30 * time.Second,
		},
		url:   fmt.Sprintf("http://%s/?ms=%d", wire.Upstream(), in.Milliseconds),
		calls: in.Calls,
	}
	floor := time.Duration(in.Milliseconds) * time.Millisecond
	return observed.Waits(mark, func() int { return fanOut(service) }, floor, in.Rounds)
}

// fanOut returns the number of answers that are as they should be.
func fanOut(service upstream) int {
	bodies := make([]string, service.calls)
	var all sync.WaitGroup
	for i := range bodies {
		all.Go(func() { bodies[i] = call(service.client, service.url) })
	}
	all.Wait()
	right := 0
	for _, body := range bodies {
		if body == "ok\n" {
			right++
		}
	}
	return right
}

func call(client *http.Client, url string) string {
	response, err := client.Get(url)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	return string(body)
}
