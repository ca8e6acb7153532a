// Command requestsoff answers requests beside a large heap, with the collector off: nothing is ever freed.
package main

import (
	"runtime"
	"runtime/debug"

	"go_examples/internal/report"
	"go_examples/internal/requestloop"
)

func main() { report.Main(run) }

func run(in requestloop.Input, mark report.Mark) int {
	cache := requestloop.Load(in)
	runtime.GC()
	debug.SetGCPercent(-1)
	return requestloop.Serve(in, cache, mark)
}
