package concepts

import "slices"

// MistakenContains takes everything, and 2 is not in a list that has 2.0: values of different types are never equal.
func MistakenContains(values []any, wanted any) bool {
	return slices.Contains(values, wanted)
}

// Contains takes values of one type, whichever it is; the compiler refuses to look for another among them.
func Contains[T comparable](values []T, wanted T) bool {
	return slices.Contains(values, wanted)
}
