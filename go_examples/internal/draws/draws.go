// Package draws makes numbers that look random and are the same in every language. The Python twin is
// bench/workloads/memory/draws.py.
package draws

// Following returns the state after this one: a linear congruential generator of 32 bits. Its lowest eight bits vary too little
// to be used.
//
// Source: Press et al., Numerical Recipes (second edition), section 7.1.
func Following(state uint32) uint32 { return 1664525*state + 1013904223 }
