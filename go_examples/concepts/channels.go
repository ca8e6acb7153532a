package concepts

// Produce sends some numbers and closes the channel: without that, whoever ranges over it would wait for ever. Whoever stops
// receiving early leaves its goroutine waiting; what may be left takes a context.
func Produce(count int) <-chan int {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for i := range count {
			numbers <- i + 1
		}
	}()
	return numbers
}

// MistakenPair makes up a number where there is only one: a closed channel gives zero values without end.
func MistakenPair(numbers <-chan int) (first, second int) {
	return <-numbers, <-numbers
}

// Pair says whether there were two.
func Pair(numbers <-chan int) (first, second int, whole bool) {
	first = <-numbers
	second, whole = <-numbers
	return first, second, whole
}
