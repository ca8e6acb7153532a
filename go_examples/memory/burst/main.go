// Command burst holds many orders at once, then drops all but a few, and goes on with light traffic: what stays with the process.
// The collector frees them when it runs next.
package main

import (
	"go_examples/internal/burst"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(in burst.Input, mark report.Mark) int {
	return burst.Run(in, mark, func() {})
}
