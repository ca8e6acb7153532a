package backend

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// answering returns a client of an upstream that a handler answers for, and how many connections have been opened to it.
func answering(t *testing.T, handler http.HandlerFunc) (*Upstream, *atomic.Int32) {
	t.Helper()
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(handler)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	t.Setenv("UPSTREAM", strings.TrimPrefix(server.URL, "http://"))
	return NewUpstream(), &opened
}

func TestCallsAreUnderWayAtTheSameTime(t *testing.T) {
	var met sync.WaitGroup
	met.Add(3)
	upstream, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		met.Done()
		met.Wait() // no call is answered before all have come
		io.WriteString(w, "ok\n")
	})
	if length, err := upstream.Ask(t.Context(), 3); length != 9 || err != nil {
		t.Errorf("got %d, %v; want 9", length, err)
	}
}

func TestTheUpstreamIsAskedForItsTime(t *testing.T) {
	upstream, _ := answering(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.String()) })
	if length, err := upstream.Ask(t.Context(), 1); length != len("/?ms=20") || err != nil {
		t.Errorf("got %d, %v", length, err)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	const calls = 20
	var met sync.WaitGroup
	upstream, opened := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		met.Done()
		met.Wait() // each call has a connection of its own
		io.WriteString(w, "ok\n")
	})
	for range 10 {
		met.Add(calls)
		if _, err := upstream.Ask(t.Context(), calls); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != calls {
		t.Errorf("%d connections were opened for %d calls at a time", opened.Load(), calls)
	}
}

func TestAnAnswerOfAnotherStatusIsAnError(t *testing.T) {
	upstream, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	if length, err := upstream.Ask(t.Context(), 3); err == nil {
		t.Errorf("got %d, want an error", length)
	}
}

func TestThePoolHasAsManyConnectionsAsItIsGiven(t *testing.T) {
	t.Setenv("POOL", "3")
	pool, err := Pool()
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if most := pool.Config().MaxConns; most != 3 {
		t.Errorf("got %d connections, want 3", most)
	}
}

func TestAPoolOfNoConnectionsIsRefused(t *testing.T) {
	for _, text := range []string{"", "0", "many", "3000000000"} {
		t.Setenv("POOL", text)
		if _, err := Pool(); err == nil || !strings.Contains(err.Error(), "POOL") {
			t.Errorf("POOL=%q: got %v, want an error that names POOL", text, err)
		}
	}
}
