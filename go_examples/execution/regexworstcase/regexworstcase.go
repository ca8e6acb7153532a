// Package regexworstcase has a pattern that can match a text in very many ways, on a text that it does not match. The time of
// regexp is linear in the text's length whatever the pattern. The answer is 1 if the text matches and 0 if it does not.
package regexworstcase

import (
	"regexp"
	"strings"
)

var pattern = regexp.MustCompile(`^(?:a+)+$`)

// Input holds the arguments that the catalog names.
type Input struct {
	Length int `json:"length"`
}

// Run returns whether the text matches.
func Run(in Input) int {
	if pattern.MatchString(strings.Repeat("a", in.Length) + "b") {
		return 1
	}
	return 0
}
