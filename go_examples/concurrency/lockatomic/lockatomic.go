// Package lockatomic adds one to a counter again and again, by an instruction of the processor that needs no lock.
package lockatomic

import "sync/atomic"

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Run returns what the counter says at the end.
func Run(in Input) int {
	var counter atomic.Int64
	for range in.Count {
		counter.Add(1)
	}
	return int(counter.Load())
}
