// Package lockcontendedatomic has goroutines that add one to one counter again and again, by an instruction of the processor that
// needs no lock. The answer is what the counter says at the end.
package lockcontendedatomic

import (
	"sync"
	"sync/atomic"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Workers int `json:"workers"`
	Count   int `json:"count"`
}

// Run returns what the counter says at the end.
func Run(in Input) int {
	var counter atomic.Int64
	var group sync.WaitGroup
	for range in.Workers {
		group.Go(func() {
			for range in.Count {
				counter.Add(1)
			}
		})
	}
	group.Wait()
	return int(counter.Load())
}
