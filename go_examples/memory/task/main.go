// Command task holds goroutines that wait for a channel to be closed.
package main

import (
	"sync"
	"sync/atomic"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

func main() { report.Main(run) }

// run returns how many goroutines went on after the channel was closed.
func run(in input, mark report.Mark) int {
	release := make(chan struct{})
	var started, ended sync.WaitGroup
	var done atomic.Int64
	started.Add(in.Count)
	for range in.Count {
		ended.Go(func() {
			started.Done()
			<-release
			done.Add(1)
		})
	}
	started.Wait()
	mark("held")
	close(release)
	ended.Wait()
	return int(done.Load())
}
