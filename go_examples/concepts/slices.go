package concepts

import "slices"

// MistakenFirstTwoAnd overwrites the third number: the slice shares the memory of what it is a slice of, and has room there.
func MistakenFirstTwoAnd(numbers []int, last int) []int {
	head := numbers[:2]
	return append(head, last)
}

// FirstTwoAnd copies first. numbers[:2:2] would do as well: it has no room, so that append has to make some.
func FirstTwoAnd(numbers []int, last int) []int {
	head := slices.Clone(numbers[:2])
	return append(head, last)
}
