// Package fib computes Fibonacci numbers by plain recursion: the time is that of calling functions.
package fib

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

// Run returns the number.
func Run(in Input) int {
	return fib(in.N)
}
