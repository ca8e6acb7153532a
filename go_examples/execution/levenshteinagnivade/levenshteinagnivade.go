// Package levenshteinagnivade finds how many characters two texts are apart: the library levenshtein of agnivade, written in Go.
//
// It works on a row of the table as well, after it has set aside what two texts have in common at their ends.
package levenshteinagnivade

import (
	"strings"

	"github.com/agnivade/levenshtein"

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

// Run returns the distance of each pair.
func Run(in Prepared) []int {
	distances := make([]int, len(in.Pairs))
	for i, pair := range in.Pairs {
		distances[i] = levenshtein.ComputeDistance(pair[0], pair[1])
	}
	return distances
}
