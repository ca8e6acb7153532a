// Command nethttp keeps idle WebSockets on net/http, with nothing above it.
package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"

	"go_examples/internal/serving"
	"go_examples/web/idle/internal/hub"
)

type sent struct {
	Sent int `json:"sent"`
}

// server is what the handlers share.
type server struct {
	hub *hub.Hub
}

func main() {
	connections, err := hub.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve((&server{connections}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", s.plaintext)
	mux.HandleFunc("GET /ws", s.hub.Open)
	mux.HandleFunc("POST /broadcast", s.broadcast)
	return mux
}

func (s *server) plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "Hello, World!")
}

func (s *server) broadcast(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<10))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	count, err := s.hub.Broadcast(text)
	if err != nil {
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(sent{count}) // only a client that has gone makes it fail
}
