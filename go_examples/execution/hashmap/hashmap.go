// Package hashmap counts session tokens in a map, then looks up others in it. The tokens are cut out of a text each time.
package hashmap

import (
	"strings"

	"go_examples/internal/lines"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Seen  []byte `json:"seen"`
	Asked []byte `json:"asked"`
}

// Prepared holds the tokens as texts, one a line.
type Prepared struct {
	Seen, Asked string
}

// Prepare returns the texts.
func Prepare(in Input) Prepared {
	return Prepared{strings.TrimRight(lines.Text(in.Seen), "\n"), strings.TrimRight(lines.Text(in.Asked), "\n")}
}

// Run returns the number of different tokens, how many of those asked for were seen, and how often these were seen in all.
func Run(in Prepared) [3]int {
	counts := make(map[string]int)
	for token := range strings.SplitSeq(in.Seen, "\n") {
		counts[token]++
	}
	hits, total := 0, 0
	for token := range strings.SplitSeq(in.Asked, "\n") {
		if count, ok := counts[token]; ok {
			hits++
			total += count
		}
	}
	return [3]int{len(counts), hits, total}
}
