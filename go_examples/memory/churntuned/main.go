// Command churntuned is churn with half the room for garbage, at the price of more collections: the same as GOGC=50 in the
// environment.
package main

import (
	"runtime/debug"

	"go_examples/internal/churn"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(in churn.Input, mark report.Mark) int {
	debug.SetGCPercent(50)
	return churn.Run(in, mark)
}
