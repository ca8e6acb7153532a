// Command mixedtwoprocessors runs the light task and the job in a goroutine each, on two processors however many CPUs there are: on one
// CPU the operating system then decides between two threads.
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
	runtime.GOMAXPROCS(2)
	idle := lateness.Turns(in.Wakes)
	result := primes.Count(in.Bound)
	var ended atomic.Bool
	var jobs int
	var working sync.WaitGroup
	working.Go(func() {
		for !ended.Load() {
			if primes.Count(in.Bound) != result {
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
