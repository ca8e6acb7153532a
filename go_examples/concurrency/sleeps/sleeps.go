// Package sleeps starts many goroutines that each sleep, and waits for all of them: timers of the runtime.
package sleeps

import (
	"sync"
	"time"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Sleeps       int `json:"sleeps"`
	Milliseconds int `json:"milliseconds"`
}

// Run returns the number of sleeps that have ended.
func Run(in Input) int {
	ended := make([]int, in.Sleeps)
	var all sync.WaitGroup
	for i := range ended {
		all.Go(func() { ended[i] = nap(in.Milliseconds) })
	}
	all.Wait()
	total := 0
	for _, one := range ended {
		total += one
	}
	return total
}

func nap(milliseconds int) int {
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	return 1
}
