// Package lockcontendedmutex has goroutines that take one lock, to add one to one counter, again and again. The answer is what the
// counter says at the end.
package lockcontendedmutex

import "sync"

// Input holds the arguments that the catalog names.
type Input struct {
	Workers int `json:"workers"`
	Count   int `json:"count"`
}

// counter is a number and its lock.
type counter struct {
	mutex sync.Mutex
	value int
}

func (c *counter) add(count int) {
	for range count {
		c.mutex.Lock()
		c.value++
		c.mutex.Unlock()
	}
}

// Run returns what the counter says at the end.
func Run(in Input) int {
	var counter counter
	var group sync.WaitGroup
	for range in.Workers {
		group.Go(func() { counter.add(in.Count) })
	}
	group.Wait()
	return counter.value
}
