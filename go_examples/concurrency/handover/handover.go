// Package handover sends numbers to another goroutine and back, one at a time, through two channels without a buffer. The answer is
// the sum of those that came back.
package handover

// Input holds the arguments that the catalog names.
type Input struct {
	Trips int `json:"trips"`
}

func echo(there <-chan int, back chan<- int) {
	for n := range there {
		back <- n
	}
}

// Run returns the sum of the numbers that came back.
func Run(in Input) int {
	there, back := make(chan int), make(chan int)
	go echo(there, back)
	sum := 0
	for n := range in.Trips {
		there <- n
		sum += <-back
	}
	close(there)
	return sum
}
