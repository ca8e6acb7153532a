// Command requestsdefault answers requests beside a large heap, with the collector as it comes.
package main

import (
	"go_examples/internal/report"
	"go_examples/internal/requestloop"
)

func main() { report.Main(run) }

func run(in requestloop.Input, mark report.Mark) int {
	return requestloop.Serve(in, requestloop.Load(in), mark)
}
