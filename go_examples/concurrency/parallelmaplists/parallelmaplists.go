// Package parallelmaplists adds up the squares of large lists in goroutines: a worker gets the place of a list, and nothing is copied.
package parallelmaplists

import "sync"

// Input holds the arguments that the catalog names.
type Input struct {
	Workers int `json:"workers"`
	Count   int `json:"count"`
	Size    int `json:"size"`
}

// Prepared holds the number of workers and the lists.
type Prepared struct {
	workers int
	lists   [][]int
}

// Prepare returns the lists: the first from 0 on, the second from 1 on.
func Prepare(in Input) Prepared {
	lists := make([][]int, in.Count)
	for first := range lists {
		for number := range in.Size {
			lists[first] = append(lists[first], first+number)
		}
	}
	return Prepared{in.Workers, lists}
}

func squares(values []int) int {
	total := 0
	for _, value := range values {
		total += value * value
	}
	return total
}

// Run returns the sum of each list's squares.
func Run(prepared Prepared) []int {
	numbers := make(chan int)
	sums := make([]int, len(prepared.lists))
	var workers sync.WaitGroup
	for range prepared.workers {
		workers.Go(func() {
			for number := range numbers {
				sums[number] = squares(prepared.lists[number])
			}
		})
	}
	for number := range prepared.lists {
		numbers <- number
	}
	close(numbers)
	workers.Wait()
	return sums
}
