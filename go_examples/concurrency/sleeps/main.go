// Command sleeps starts many goroutines that each sleep, and waits for all of them: timers of the runtime.
package main

import (
	"sync"
	"time"

	"go_examples/internal/observed"
	"go_examples/internal/report"
)

type input struct {
	Sleeps       int `report:"sleeps"`
	Milliseconds int `report:"milliseconds"`
	Rounds       int `report:"rounds"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	duration := time.Duration(in.Milliseconds) * time.Millisecond
	return observed.Waits(mark, func() int { return fanOut(in.Sleeps, duration) }, duration, in.Rounds)
}

// fanOut returns the number of sleeps that have ended.
func fanOut(sleeps int, duration time.Duration) int {
	ended := make([]int, sleeps)
	var all sync.WaitGroup
	for i := range ended {
		all.Go(func() { ended[i] = nap(duration) })
	}
	all.Wait()
	total := 0
	for _, one := range ended {
		total += one
	}
	return total
}

func nap(duration time.Duration) int {
	time.Sleep(duration)
	return 1
}
