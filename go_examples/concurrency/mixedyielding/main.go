// Command mixedyielding runs the light task and the job in a goroutine each, on as many processors as there are; the job lets others have
// their turn after each thousand of numbers.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"

	"go_examples/internal/lateness"
	"go_examples/internal/primes"
	"go_examples/internal/report"
)

type input struct {
	Wakes int `report:"wakes"`
	Bound int `report:"bound"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	idle := lateness.Turns(in.Wakes)
	result := job(in.Bound)
	var ended atomic.Bool
	var jobs int
	var working sync.WaitGroup
	working.Go(func() {
		for !ended.Load() {
			if job(in.Bound) != result {
				panic("the job's results are not all the same")
			}
			jobs++
		}
	})
	late := lateness.Turns(in.Wakes)
	ended.Store(true)
	working.Wait()
	if jobs == 0 {
		panic("the job did not run beside the task")
	}
	mark("done", lateness.Figures(idle, late)...)
	return len(late)
}

func job(bound int) int {
	found := 0
	for first := 2; first < bound; first += 1000 {
		found += primes.CountFrom(first, min(bound, first+1000))
		runtime.Gosched()
	}
	return found
}
