package concepts

import "iter"

// MistakenEvens goes on when the loop over it has ended, as if yield suspended it: the runtime panics at the next number.
func MistakenEvens(numbers []int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, number := range numbers {
			if number%2 == 0 {
				yield(number)
			}
		}
	}
}

// Evens ends when yield says that the loop has ended.
func Evens(numbers []int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, number := range numbers {
			if number%2 == 0 && !yield(number) {
				return
			}
		}
	}
}
