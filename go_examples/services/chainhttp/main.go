// Command chainhttp is a chain whose services speak JSON over HTTP: net/http on both sides of each call.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"time"

	"go_examples/internal/serving"
	"go_examples/services/internal/deployment"
)

func main() {
	services := map[string]func() error{
		"users":  running("GET /users/{id}", (*service).user),
		"orders": running("GET /orders", (*service).orders),
		"prices": running("GET /prices", (*service).prices),
	}
	if err := deployment.Run(services, func(addresses map[string]string, limit time.Duration) error {
		return serving.Serve(newGateway(addresses, limit).routes())
	}); err != nil {
		log.Fatal(err)
	}
}

// plaintext says that the process is there.
func plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("Hello, World!"))
}

// reply sends a value as JSON.
func reply(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value) // only a client that has gone makes it fail
}
