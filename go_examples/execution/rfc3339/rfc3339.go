// Package rfc3339 reads timestamps with offsets and writes the deadlines 30 days later with the standard library's time, which is Go
// code. The answer is the deadlines.
package rfc3339

import (
	"time"

	"go_examples/internal/lines"
)

const allowed = 30 * 24 * time.Hour

// Input holds the arguments that the catalog names.
type Input struct {
	Lines []byte `json:"lines"`
}

// Prepare splits the lines.
func Prepare(in Input) []string { return lines.Decode(in.Lines) }

// Run returns the deadlines.
func Run(timestamps []string) []string {
	deadlines := make([]string, len(timestamps))
	for i, timestamp := range timestamps {
		// time.Parse would take an offset that is also the machine's own for the machine's time zone, whose offset may be another one
		// 30 days later.
		moment, err := time.ParseInLocation(time.RFC3339, timestamp, time.UTC)
		if err != nil {
			panic(err)
		}
		deadlines[i] = moment.Add(allowed).Format(time.RFC3339)
	}
	return deadlines
}
