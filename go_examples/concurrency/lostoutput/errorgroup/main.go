// Command errorgroup starts goroutines in a group that would return the first error of any, and waits until all of them are done.
package main

import (
	"golang.org/x/sync/errgroup"

	"go_examples/internal/background"
	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	return background.Repeat(mark, 50, in.Count, func(outputs *background.Outputs) {
		var group errgroup.Group
		for n := range in.Count {
			group.Go(func() error {
				outputs.Piece(n)
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			panic(err)
		}
	})
}
