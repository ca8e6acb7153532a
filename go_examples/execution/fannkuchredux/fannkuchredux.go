// Package fannkuchredux goes through all permutations of a few numbers and counts how many flips each takes: whole numbers in
// short slices.
//
// A flip reverses the numbers at the front, as many as one more than the first of them, until 0 is in front. The permutations
// come in the order of the Benchmarks Game, on which the checksum depends.
package fannkuchredux

import "slices"

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// flips counts the flips of a permutation; numbers is as long and will be overwritten.
func flips(permutation, numbers []int) int {
	first := permutation[0]
	if first == 0 {
		return 0
	}
	copy(numbers, permutation)
	count := 1
	// The number that a flip brings to the front is known before it, so the last flip is counted and not made.
	for numbers[first] != 0 {
		following := numbers[first]
		slices.Reverse(numbers[:first+1])
		first = following
		count++
	}
	return count
}

// Run returns the sum of all flips, every second permutation's taken away, and the most flips of one permutation.
func Run(in Input) []int {
	if in.N < 2 {
		return []int{0, 0}
	}
	permutation := make([]int, in.N)
	for i := range permutation {
		permutation[i] = i
	}
	numbers := make([]int, in.N)
	turns := make([]int, in.N)
	total, most := 0, 0
	for {
		// Two permutations, which differ in their first two numbers; the second exchange undoes the first.
		for _, sign := range [...]int{1, -1} {
			count := flips(permutation, numbers)
			total += sign * count
			most = max(most, count)
			permutation[0], permutation[1] = permutation[1], permutation[0]
		}
		if !advance(permutation, turns) {
			return []int{total, most}
		}
	}
}

// advance turns the first three numbers and, whenever the first r have come full circle, one more. It reports whether there were
// other permutations.
func advance(permutation, turns []int) bool {
	for last := 2; last < len(permutation); last++ {
		first := permutation[0]
		copy(permutation, permutation[1:last+1])
		permutation[last] = first
		turns[last]++
		if turns[last] <= last {
			return true
		}
		turns[last] = 0
	}
	return false
}
