package main

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// upstream is the server that the measured servers call; it is slow to answer.
type upstream struct {
	listener net.Listener
	calls    atomic.Int64 // that have come
}

func startUpstream() (*upstream, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	started := &upstream{listener: listener}
	go http.Serve(listener, started) // until the program ends
	return started, nil
}

func (u *upstream) address() string { return u.listener.Addr().String() }

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
