// Package pipeline has a goroutine that makes numbers, two that compute their digit sums, and one that adds these up; channels of a
// hundred places hold back whoever is ahead. A closed channel says that nothing more comes.
package pipeline

import "sync"

const (
	workers = 2
	places  = 100
)

// Input holds the arguments that the catalog names.
type Input struct {
	Items int `json:"items"`
}

func digitSum(n int) int {
	total := 0
	for n > 0 {
		total += n % 10
		n /= 10
	}
	return total
}

func produce(numbers chan<- int, items int) {
	for n := range items {
		numbers <- n
	}
	close(numbers)
}

func work(numbers <-chan int, sums chan<- int) {
	for n := range numbers {
		sums <- digitSum(n)
	}
}

// Run returns the sum of all digit sums.
func Run(in Input) int {
	numbers, sums := make(chan int, places), make(chan int, places)
	go produce(numbers, in.Items)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() { work(numbers, sums) })
	}
	go func() {
		group.Wait()
		close(sums)
	}()
	total := 0
	for sum := range sums {
		total += sum
	}
	return total
}
