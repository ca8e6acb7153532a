// Package timeout starts many goroutines that wait for a reply that never comes, each with a timeout of its own, and waits until
// all have given up: a context for each.
package timeout

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Waiting      int `json:"waiting"`
	Milliseconds int `json:"milliseconds"`
}

// Run returns the number of goroutines whose time ran out.
func Run(in Input) int {
	failed := make([]error, in.Waiting)
	var ended sync.WaitGroup
	for i := range failed {
		ended.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(in.Milliseconds)*time.Millisecond)
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
