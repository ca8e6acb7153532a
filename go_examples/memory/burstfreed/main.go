// Command burstfreed is burst, but has the collector run and return all it can to the system as soon as the burst is over.
package main

import (
	"runtime/debug"

	"go_examples/internal/burst"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(in burst.Input, mark report.Mark) int {
	return burst.Run(in, mark, debug.FreeOSMemory)
}
