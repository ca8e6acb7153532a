package main

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"go_examples/load/endpoints"
)

// upstream is the server that the measured servers call; it is slow to answer, but where it takes the place of a chain's services.
type upstream struct {
	listener net.Listener
	calls    atomic.Int64 // that have come
	seed     atomic.Int64 // of the rows of a chain's services
}

func startUpstream() (*upstream, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	started := &upstream{listener: listener}
	go http.Serve(listener, started.routes()) // until the program ends
	return started, nil
}

func (u *upstream) address() string { return u.listener.Addr().String() }

func (u *upstream) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", u)
	for route, answer := range endpoints.Services {
		mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
			body := answer(int(u.seed.Load()), r)
			if body == nil {
				http.NotFound(w, r)
				return
			}
			u.calls.Add(1)
			w.Header().Set("Content-Type", "application/json")
			w.Write(body) // a client that has gone needs no answer
		})
	}
	return mux
}

// ServeHTTP answers after as many milliseconds as the request asks for.
func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	milliseconds, err := strconv.Atoi(r.URL.Query().Get("ms"))
	if err != nil || milliseconds < 0 {
		http.Error(w, "ms must be a whole number of milliseconds", http.StatusBadRequest)
		return
	}
	u.calls.Add(1)
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	io.WriteString(w, "ok\n") // a client that has gone needs no answer
}
