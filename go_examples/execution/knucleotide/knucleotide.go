// Package knucleotide counts how often each piece of a DNA sequence occurs, for pieces of seven lengths, in maps.
//
// The rule for every tier: a piece's key is its text. A part of a string shares the string's memory, so no piece is copied.
package knucleotide

import (
	"bytes"
	"slices"
	"unicode"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Sequence []byte `json:"sequence"`
}

// Prepared holds the sequence as a text.
type Prepared struct {
	Sequence string
}

// Prepare makes a text of the bytes. It panics if that is shorter than a piece, or not ASCII.
func Prepare(in Input) Prepared {
	if len(in.Sequence) < slices.Max(lengths[:]) {
		panic("a sequence shorter than its pieces")
	}
	if bytes.ContainsFunc(in.Sequence, func(base rune) bool { return base > unicode.MaxASCII }) {
		panic("not ASCII")
	}
	return Prepared{string(in.Sequence)}
}

var lengths = [...]int{1, 2, 3, 4, 6, 12, 18}

// pieces returns each piece of a length with the number of places where it starts.
func pieces(sequence string, length int) map[string]int {
	counts := make(map[string]int)
	for start := range len(sequence) - length + 1 {
		counts[sequence[start:start+length]]++
	}
	return counts
}

// Run returns for each length how many different pieces there are, and how often the one occurs that the sequence starts with.
func Run(in Prepared) []int {
	var answer []int
	for _, length := range lengths {
		counts := pieces(in.Sequence, length)
		answer = append(answer, len(counts), counts[in.Sequence[:length]])
	}
	return answer
}
