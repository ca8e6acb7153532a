// Command waitgroup starts goroutines in a group and waits until all of them are done.
package main

import (
	"sync"

	"go_examples/internal/background"
	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	return background.Repeat(mark, 50, in.Count, func(outputs *background.Outputs) {
		var group sync.WaitGroup
		for n := range in.Count {
			group.Go(func() { outputs.Piece(n) })
		}
		group.Wait()
	})
}
