// Command frameworknethttp is net/http alone: it has one page and answers one request.
package main

import (
	"io"
	"net/http"
	"time"

	"go_examples/internal/gateway"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(_ struct{}, mark report.Mark) int {
	start := time.Now()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello\n") })
	answered := gateway.Status(mux)
	mark("start", report.Figure{Name: "seconds", Value: time.Since(start).Seconds()})
	return answered
}
