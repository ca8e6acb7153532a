// Command sleepsecond starts goroutines and sleeps for a second, in the hope that they are done by then.
package main

import (
	"time"

	"go_examples/internal/background"
	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	return background.Repeat(mark, 1, in.Count, func(outputs *background.Outputs) {
		for n := range in.Count {
			go outputs.Piece(n)
		}
		time.Sleep(time.Second)
	})
}
