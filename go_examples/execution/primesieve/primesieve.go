// Package primesieve counts the primes below a limit by the sieve of Eratosthenes.
//
// The rule for every tier: one flag a number, and of each prime all multiples from its square on. A flag is a byte, because the
// standard library counts bytes with vector instructions, in assembly; a loop over flags of type bool takes longer for that.
package primesieve

import "bytes"

// Input holds the arguments that the catalog names.
type Input struct {
	Limit int `json:"limit"`
}

// Run returns the number of primes below the limit.
func Run(in Input) int {
	// Flags of what is not prime, because new memory is all zeros.
	composite := make([]byte, in.Limit)
	for number := 2; number*number < in.Limit; number++ {
		if composite[number] == 0 {
			for multiple := number * number; multiple < len(composite); multiple += number {
				composite[multiple] = 1
			}
		}
	}
	return bytes.Count(composite[2:], []byte{0})
}
