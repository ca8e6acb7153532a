// Command baseserver is a server of one page by net/http, which has answered one request.
package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"

	"go_examples/internal/report"
)

func main() { report.Main(run) }

// run returns the status of the answer.
func run(_ struct{}, mark report.Mark) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "ok\n")
	})
	go http.Serve(listener, mux)
	response, err := get(listener.Addr().String())
	if err != nil {
		panic(err)
	}
	mark("held")
	answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(response)), nil)
	if err != nil {
		panic(err)
	}
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "ok\n" {
		return 0
	}
	return answer.StatusCode
}

// get sends one request and returns all bytes of the answer.
func get(address string) ([]byte, error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
		return nil, err
	}
	return io.ReadAll(connection)
}
