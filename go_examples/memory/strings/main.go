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
	var text []byte // one buffer for all, as a reader of lines or rows has it
	for i := range texts {
		text = strconv.AppendInt(append(text[:0], "customer-"...), int64(first+i), 10)
		texts[i] = string(text)
	}
	mark("held")
	total := 0
	for _, text := range texts {
		total += len(text)
	}
	return total
}
