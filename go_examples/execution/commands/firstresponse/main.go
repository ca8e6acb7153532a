// Command firstresponse is the standard library's HTTP server with one route, on the port of the last argument.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", greet)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[len(os.Args)-1], mux))
}

func greet(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, "hello")
}
