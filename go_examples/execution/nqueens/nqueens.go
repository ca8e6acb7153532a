// Package nqueens counts the ways to place n queens on a board so that none attacks another: a recursive search on sets of
// squares, held as bits.
package nqueens

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// solutions counts the ways to fill the rows that remain; left and right are the squares of this row under attack diagonally.
func solutions(freeColumns, left, right int) int {
	if freeColumns == 0 {
		return 1
	}
	count := 0
	safe := freeColumns &^ (left | right)
	for safe != 0 {
		queen := safe & -safe
		safe ^= queen
		count += solutions(freeColumns^queen, (left|queen)<<1, (right|queen)>>1)
	}
	return count
}

// Run returns the number of solutions.
func Run(in Input) int {
	return solutions(1<<in.N-1, 0, 0)
}
