// Package primes is the processor-bound job of the pools: the same algorithm as bench/workloads/concurrency/primes.py.
package primes

// Count returns how many primes there are below bound; it finds out by trial division.
func Count(bound int) int { return CountFrom(2, bound) }

// CountFrom returns how many primes there are from first to below bound.
func CountFrom(first, bound int) int {
	found := 0
	for number := first; number < bound; number++ {
		if isPrime(number) {
			found++
		}
	}
	return found
}

func isPrime(number int) bool {
	for divisor := 2; divisor*divisor <= number; divisor++ {
		if number%divisor == 0 {
			return false
		}
	}
	return true
}
