// Command requeststuned answers requests beside a large heap and lets it grow further before the collector begins, up to a limit:
// the same as GOGC=400 and GOMEMLIMIT=512MiB in the environment.
package main

import (
	"runtime/debug"

	"go_examples/internal/report"
	"go_examples/internal/requestloop"
)

func main() { report.Main(run) }

func run(in requestloop.Input, mark report.Mark) int {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(512 << 20)
	return requestloop.Serve(in, requestloop.Load(in), mark)
}
