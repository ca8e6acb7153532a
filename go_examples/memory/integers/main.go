// Command integers holds a slice of whole numbers: eight bytes each, side by side.
package main

import "go_examples/internal/report"

type input struct {
	Count int `report:"count"`
}

const first = 1_000_000

func main() { report.Main(run) }

// run returns the sum.
func run(in input, mark report.Mark) int {
	numbers := make([]int64, in.Count)
	for i := range numbers {
		numbers[i] = int64(first + i)
	}
	mark("held")
	total := int64(0)
	for _, number := range numbers {
		total += number
	}
	return int(total)
}
