// Package levenshtein finds how many characters two texts are apart: Levenshtein's distance by dynamic programming over one row.
//
// A character is a code point in every tier.
package levenshtein

import (
	"strings"

	"go_examples/internal/lines"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Pairs []byte `json:"pairs"`
}

// Prepared holds the texts in pairs.
type Prepared struct {
	Pairs [][2]string
}

// Prepare takes the lines apart. It panics at one that is not a pair.
func Prepare(in Input) Prepared {
	var pairs [][2]string
	for _, line := range lines.Decode(in.Pairs) {
		a, b, ok := strings.Cut(line, "\t")
		if !ok || strings.Contains(b, "\t") {
			panic("not a pair: " + line)
		}
		pairs = append(pairs, [2]string{a, b})
	}
	return Prepared{pairs}
}

// distance returns the fewest insertions, deletions and substitutions of one character that make b of a.
func distance(a, b string) int {
	characters := []rune(b)
	// row[j] is the distance of the part of a so far to the first j characters of b.
	row := make([]int, len(characters)+1)
	for j := range row {
		row[j] = j
	}
	for _, x := range a {
		diagonal := row[0]
		row[0]++
		left := row[0]
		for j, y := range characters {
			above := row[j+1]
			if x == y {
				left = diagonal
			} else {
				// left last: it is the one that the step before has only just computed.
				left = min(diagonal, above, left) + 1
			}
			row[j+1] = left
			diagonal = above
		}
	}
	return row[len(characters)]
}

// Run returns the distance of each pair.
func Run(in Prepared) []int {
	distances := make([]int, len(in.Pairs))
	for i, pair := range in.Pairs {
		distances[i] = distance(pair[0], pair[1])
	}
	return distances
}
