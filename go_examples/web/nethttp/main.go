// Command nethttp is the floor of the Go servers: net/http and nothing above it.
package main

import (
	"log"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
)

// server is what the handlers share.
type server struct {
	db       *pgxpool.Pool
	upstream *backend.Upstream
}

func main() {
	pool, err := backend.Pool()
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := serving.Serve((&server{pool, backend.NewUpstream()}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", s.plaintext)
	mux.HandleFunc("GET /json", s.json)
	mux.HandleFunc("GET /items/{id}", s.item)
	mux.HandleFunc("POST /orders", s.order)
	mux.HandleFunc("GET /worlds/{id}", s.world)
	mux.HandleFunc("GET /worlds", s.worlds)
	mux.HandleFunc("GET /fortunes", s.fortunes)
	mux.HandleFunc("POST /counters", s.counters)
	mux.HandleFunc("GET /upstream", s.calls)
	mux.HandleFunc("GET /primes", s.primes)
	mux.HandleFunc("GET /stream", s.stream)
	mux.HandleFunc("GET /ws", s.echo)
	return mux
}
