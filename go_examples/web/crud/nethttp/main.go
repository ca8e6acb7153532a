// Command nethttp is the CRUD service on net/http, with nothing above it.
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
	db *pgxpool.Pool
}

func main() {
	pool, err := backend.Pool()
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := serving.Serve((&server{pool}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", s.plaintext)
	mux.HandleFunc("GET /purchases/{id}", s.read)
	mux.HandleFunc("GET /purchases", s.list)
	mux.HandleFunc("POST /purchases", s.insert)
	mux.HandleFunc("PUT /purchases/{id}", s.update)
	return mux
}
