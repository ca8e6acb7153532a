// Command lateness starts many goroutines that each sleep, again and again, and says how late they woke up: timers of the runtime.
package main

import (
	"slices"
	"sync"
	"time"

	"go_examples/internal/report"
)

type input struct {
	Sleeps       int `report:"sleeps"`
	Milliseconds int `report:"milliseconds"`
	Rounds       int `report:"rounds"`
}

func main() { report.Main(run) }

// run returns the number of sleeps that have ended.
func run(in input, mark report.Mark) int {
	var all []float64
	for range in.Rounds {
		all = append(all, fanOut(in.Sleeps, time.Duration(in.Milliseconds)*time.Millisecond)...)
	}
	slices.Sort(all)
	mark("done", report.Figure{Name: "p50", Value: all[(len(all)-1)*50/100]},
		report.Figure{Name: "p99", Value: all[(len(all)-1)*99/100]}, report.Figure{Name: "max", Value: all[len(all)-1]})
	return len(all)
}

// fanOut returns by how many seconds each of the sleeps ended late.
func fanOut(sleeps int, duration time.Duration) []float64 {
	late := make([]float64, sleeps)
	var all sync.WaitGroup
	for i := range late {
		all.Go(func() {
			start := time.Now()
			time.Sleep(duration)
			late[i] = (time.Since(start) - duration).Seconds()
		})
	}
	all.Wait()
	return late
}
