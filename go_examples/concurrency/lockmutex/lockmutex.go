// Package lockmutex takes a lock that nobody else wants, adds one to a counter, and releases it, again and again.
package lockmutex

import "sync"

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// counter is a number and its lock.
type counter struct {
	mutex sync.Mutex
	value int
}

// Run returns what the counter says at the end.
func Run(in Input) int {
	var counter counter
	for range in.Count {
		counter.mutex.Lock()
		counter.value++
		counter.mutex.Unlock()
	}
	return counter.value
}
