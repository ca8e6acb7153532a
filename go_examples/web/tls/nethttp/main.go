// Command nethttp answers JSON over TLS, by net/http.
package main

import (
	"encoding/json"
	"log"
	"net/http"

	"go_examples/web/internal/secure"
)

type greeting struct {
	Message string `json:"message"`
}

func main() {
	if err := secure.Serve(routes()); err != nil {
		log.Fatal(err)
	}
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte("Hello, World!"))
	})
	mux.HandleFunc("GET /json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(greeting{"Hello, World!"}) // only a client that has gone makes it fail
	})
	return mux
}
