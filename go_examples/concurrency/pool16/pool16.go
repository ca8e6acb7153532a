// Package pool16 gives processor-bound jobs to sixteen goroutines over a channel. They are started within the measured time, as nobody keeps
// goroutines for later.
package pool16

import (
	"sync"

	"go_examples/internal/primes"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Workers int `json:"workers"`
	Jobs    int `json:"jobs"`
	Bound   int `json:"bound"`
}

// Run returns the sum of the jobs' results.
func Run(in Input) int {
	bounds, counts := make(chan int), make(chan int, in.Jobs)
	var workers sync.WaitGroup
	for range in.Workers {
		workers.Go(func() {
			for bound := range bounds {
				counts <- primes.Count(bound)
			}
		})
	}
	for range in.Jobs {
		bounds <- in.Bound
	}
	close(bounds)
	workers.Wait()
	close(counts)
	sum := 0
	for count := range counts {
		sum += count
	}
	return sum
}
