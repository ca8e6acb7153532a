// Command strings holds a slice of texts of twenty characters, all different.
package main

import (
	"strconv"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

const first = 10_000_000_000

func main() { report.Main(run) }

// run returns how many characters the texts have.
func run(in input, mark report.Mark) int {
	texts := make([]string, in.Count)
	for i := range texts {
		texts[i] = "customer-" + strconv.Itoa(first+i)
	}
	mark("held")
	total := 0
	for _, text := range texts {
		total += len(text)
	}
	return total
}
