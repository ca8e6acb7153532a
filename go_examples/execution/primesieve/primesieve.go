// Package primesieve counts the primes below a limit by the sieve of Eratosthenes.
//
// The rule for every tier: one flag a number, and of each prime all multiples from its square on.
package primesieve

// Input holds the arguments that the catalog names.
type Input struct {
	Limit int `json:"limit"`
}

// Run returns the number of primes below the limit.
func Run(in Input) int {
	// Flags of what is not prime, because new memory is all false.
	composite := make([]bool, in.Limit)
	for number := 2; number*number < in.Limit; number++ {
		if !composite[number] {
			for multiple := number * number; multiple < len(composite); multiple += number {
				composite[multiple] = true
			}
		}
	}
	count := 0
	for _, struck := range composite[2:] {
		if !struck {
			count++
		}
	}
	return count
}
