// Package regex makes six searches through a service's log with regexp, whose time is linear in the text's length whatever the
// pattern. The answer is the number of matches of each.
package regex

import "regexp"

var patterns = [...]*regexp.Regexp{
	regexp.MustCompile(`\b(?:ERROR|FATAL|CRITICAL|panic)\b`),
	regexp.MustCompile(`(?:[0-9]{1,3}\.){3}[0-9]{1,3}`),
	regexp.MustCompile(`"(?:POST|PUT|DELETE) [^ "]+ HTTP/1\.1" 5[0-9]{2}`),
	regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}`),
	regexp.MustCompile(`[a-z][a-z0-9.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+`),
	regexp.MustCompile(`(?i)\b(?:timed out|timeout|refused|reset)\b`),
}

// Input holds the arguments that the catalog names.
type Input struct {
	Text []byte `json:"text"`
}

// Run returns the numbers of matches.
func Run(in Input) []int {
	counts := make([]int, len(patterns))
	for i, pattern := range patterns {
		counts[i] = len(pattern.FindAll(in.Text, -1))
	}
	return counts
}
