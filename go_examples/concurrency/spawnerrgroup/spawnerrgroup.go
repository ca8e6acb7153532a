// Package spawnerrgroup starts goroutines that each leave a number in a slice, in a group that would return the first error of any,
// waits for all of them, and adds the numbers up.
package spawnerrgroup

import "golang.org/x/sync/errgroup"

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Run returns the sum of the numbers; no goroutine fails.
func Run(in Input) int {
	numbers := make([]int, in.Count)
	var group errgroup.Group
	for n := range numbers {
		group.Go(func() error {
			numbers[n] = n
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		panic(err)
	}
	sum := 0
	for _, number := range numbers {
		sum += number
	}
	return sum
}
