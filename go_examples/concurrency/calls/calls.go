// Package calls makes many HTTP requests at once to an upstream that is slow to answer, a goroutine for each: net/http, with
// connections that stay open from one fan-out to the next.
package calls

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"go_examples/internal/wire"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Calls        int `json:"calls"`
	Milliseconds int `json:"milliseconds"`
}

// Upstream is a client with open connections, the address that it asks, and how often.
type Upstream struct {
	client *http.Client
	url    string
	calls  int
}

// Prepare opens the connections: it makes one fan-out.
var Prepare = wire.Once(func(in Input) Upstream {
	upstream := Upstream{
		client: &http.Client{
			Transport: &http.Transport{MaxIdleConns: in.Calls, MaxIdleConnsPerHost: in.Calls},
			Timeout:   30 * time.Second,
		},
		url:   fmt.Sprintf("http://%s/?ms=%d", wire.Upstream(), in.Milliseconds),
		calls: in.Calls,
	}
	Run(upstream)
	return upstream
})

// Run returns the number of answers that are as they should be.
func Run(upstream Upstream) int {
	bodies := make([]string, upstream.calls)
	var all sync.WaitGroup
	for i := range bodies {
		all.Go(func() { bodies[i] = call(upstream.client, upstream.url) })
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
