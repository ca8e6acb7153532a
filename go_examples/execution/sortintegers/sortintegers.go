// Package sortintegers brings whole numbers into ascending order: slices.Sort, a pattern-defeating quicksort, in Go.
//
// The answer is the numbers at evenly spaced places.
package sortintegers

import (
	"slices"

	"go_examples/internal/integers"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Numbers []byte `json:"numbers"`
}

// Prepare returns the numbers.
func Prepare(in Input) []int64 { return integers.Decode(in.Numbers) }

// Run returns some of the numbers in order.
func Run(numbers []int64) []int64 {
	ordered := slices.Clone(numbers)
	slices.Sort(ordered)
	var answer []int64
	for i := 0; i < len(ordered); i += max(1, len(ordered)/256) {
		answer = append(answer, ordered[i])
	}
	return answer
}
