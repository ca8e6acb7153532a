// Command workers holds worker goroutines, each of which waits for work at a channel: Go's unit of parallel work needs no process.
package main

import (
	"sync"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

// run returns how many workers did their work.
func run(in input, mark report.Mark) int {
	work, results := make(chan int), make(chan int, in.Count)
	var ready sync.WaitGroup
	ready.Add(in.Count)
	for range in.Count {
		go func() {
			ready.Done()
			for number := range work {
				results <- number + 1
			}
		}()
	}
	ready.Wait()
	mark("held")
	for range in.Count {
		work <- 0
	}
	close(work)
	done := 0
	for range in.Count {
		done += <-results
	}
	return done
}
