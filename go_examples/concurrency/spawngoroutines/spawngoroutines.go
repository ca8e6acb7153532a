// Package spawngoroutines starts goroutines that each leave a number in a slice, waits for all of them, and adds the numbers up.
package spawngoroutines

import "sync"

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Run returns the sum of the numbers.
func Run(in Input) int {
	numbers := make([]int, in.Count)
	var group sync.WaitGroup
	for n := range numbers {
		group.Go(func() { numbers[n] = n })
	}
	group.Wait()
	sum := 0
	for _, number := range numbers {
		sum += number
	}
	return sum
}
