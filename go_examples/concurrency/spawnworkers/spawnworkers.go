// Package spawnworkers starts goroutines that each send a number back, waits for all of them, and adds the numbers up.
//
// They run on all CPUs and share one memory: what other languages start processes for.
package spawnworkers

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Run returns the sum of the numbers.
func Run(in Input) int {
	numbers := make(chan int)
	for n := range in.Count {
		go func() { numbers <- n }()
	}
	sum := 0
	for range in.Count {
		sum += <-numbers
	}
	return sum
}
