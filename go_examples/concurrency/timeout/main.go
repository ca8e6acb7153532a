// Command timeout starts many goroutines that wait for a reply that never comes, each with a timeout of its own, and waits until
// all have given up: a context for each.
package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"go_examples/internal/observed"
	"go_examples/internal/report"
)

type input struct {
	Waiting      int `report:"waiting"`
	Milliseconds int `report:"milliseconds"`
	Rounds       int `report:"rounds"`
}

func main() { report.Main(run) }

func run(in input, mark report.Mark) int {
	duration := time.Duration(in.Milliseconds) * time.Millisecond
	return observed.Waits(mark, func() int { return fanOut(in.Waiting, duration) }, duration, in.Rounds)
}

// fanOut returns the number of goroutines whose time ran out.
func fanOut(waiting int, duration time.Duration) int {
	failed := make([]error, waiting)
	var ended sync.WaitGroup
	for i := range failed {
		ended.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), duration)
			defer cancel()
			failed[i] = receive(ctx, make(chan int))
		})
	}
	ended.Wait()
	ranOut := 0
	for _, err := range failed {
		if errors.Is(err, context.DeadlineExceeded) {
			ranOut++
		}
	}
	return ranOut
}

// receive waits for a reply.
func receive(ctx context.Context, reply <-chan int) error {
	select {
	case <-reply:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
