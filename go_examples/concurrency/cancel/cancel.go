// Package cancel starts many goroutines that wait for a reply that never comes, cancels them once all of them wait, and waits until
// all have ended: one context for all.
package cancel

import (
	"context"
	"errors"
	"sync"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Waiting int `json:"waiting"`
}

// Run returns the number of goroutines that were cancelled.
func Run(in Input) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	failed := make([]error, in.Waiting)
	var started, ended sync.WaitGroup
	started.Add(in.Waiting)
	for i := range failed {
		ended.Go(func() {
			started.Done()
			failed[i] = receive(ctx, make(chan int))
		})
	}
	started.Wait()
	cancel()
	ended.Wait()
	cancelled := 0
	for _, err := range failed {
		if errors.Is(err, context.Canceled) {
			cancelled++
		}
	}
	return cancelled
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
