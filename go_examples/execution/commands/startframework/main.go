// Command startframework has the standard library's HTTP server with one route: ready, but not started.
package main

import (
	"fmt"
	"net/http"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", greet)
	fmt.Println("ready")
}

func greet(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, "hello")
}
