// Package uniform draws floating-point numbers that both languages draw alike. Its twin in Python is
// bench/workloads/data/uniform.py.
//
// A linear congruential generator modulo 2 to the 32nd, with the factors of Numerical Recipes. Each number is a whole number
// below that divided by it, which is exact.
package uniform

// Numbers returns count numbers from 0 to below 1.
func Numbers(count int, seed uint32) []float64 {
	state := seed
	numbers := make([]float64, count)
	for i := range numbers {
		state = state*1_664_525 + 1_013_904_223
		numbers[i] = float64(state) / (1 << 32)
	}
	return numbers
}
