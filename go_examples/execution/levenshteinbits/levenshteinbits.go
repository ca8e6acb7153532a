// Package levenshteinbits finds how many characters two texts are apart: Levenshtein's distance with 64 rows of the table at once, as
// bits of machine words.
//
// G. Myers, A Fast Bit-Vector Algorithm for Approximate String Matching Based on Dynamic Programming (1999), as H. Hyyrö has it in
// A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances (2003).
package levenshteinbits

import (
	"slices"
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

const (
	wordBits = 64
	latin    = 256 // characters whose masks are in an array
)

// distance returns the fewest insertions, deletions and substitutions of one character that make b of a.
func distance(a, b string) int {
	rows, columns := []rune(a), []rune(b)
	// steps[j] is the last row's value in column j+1 less that in column j: of the row above the first, 1.
	steps := slices.Repeat([]int8{1}, len(columns))
	for block := range slices.Chunk(rows, wordBits) {
		descend(block, columns, steps)
	}
	total := len(rows)
	for _, step := range steps {
		total += int(step)
	}
	return total
}

// descend replaces the steps of a row by those of the row that is as many rows further down as there are characters in the block.
func descend(block, columns []rune, steps []int8) {
	// A mask has a bit for each row of the block whose character is the mask's.
	var masks [latin]uint64
	var others map[rune]uint64
	for i, character := range block {
		if character < latin {
			masks[character] |= 1 << i
			continue
		}
		if others == nil {
			others = make(map[rune]uint64)
		}
		others[character] |= 1 << i
	}
	last := len(block) - 1
	// Within a column, the rows whose value is one more than in the row above, and those where it is one less.
	up, down := ^uint64(0), uint64(0)
	for j, character := range columns {
		var equal uint64
		if character < latin {
			equal = masks[character]
		} else {
			equal = others[character]
		}
		var more, less uint64 // whether the step above the block is 1, or -1
		switch steps[j] {
		case 1:
			more = 1
		case -1:
			less = 1
		}
		equal |= less
		diagonal := (equal&up + up) ^ up | equal | down // the rows whose value is that of the row above in the column before
		right, left := down|^(diagonal|up), diagonal&up // the rows whose value is one more than in the column before, and one less
		steps[j] = int8(right>>last&1) - int8(left>>last&1)
		right, left = right<<1|more, left<<1|less
		up, down = left|^(diagonal|right), right&diagonal
	}
}

// Run returns the distance of each pair.
func Run(in Prepared) []int {
	distances := make([]int, len(in.Pairs))
	for i, pair := range in.Pairs {
		distances[i] = distance(pair[0], pair[1])
	}
	return distances
}
