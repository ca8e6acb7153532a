// Command nowait starts goroutines and returns at once: a program whose main function did so would end.
package main

import (
	"go_examples/internal/background"
	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	return background.Repeat(mark, 50, in.Count, func(outputs *background.Outputs) {
		for n := range in.Count {
			go outputs.Piece(n)
		}
	})
}
