// Command tasksleeping holds goroutines that sleep for an hour: each has a timer in a heap of the runtime.
package main

import (
	"sync"
	"sync/atomic"
	"time"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

// run returns how many goroutines are still asleep at the end; the process ends without them.
func run(in input, mark report.Mark) int {
	var started sync.WaitGroup
	var awake atomic.Int64
	started.Add(in.Count)
	for range in.Count {
		go func() {
			started.Done()
			time.Sleep(time.Hour)
			awake.Add(1)
		}()
	}
	started.Wait()
	mark("held")
	return in.Count - int(awake.Load())
}
