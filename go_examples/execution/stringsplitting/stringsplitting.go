// Package stringsplitting splits rows of text into fields: spaces around a field are dropped, the e-mail is put into lower case.
package stringsplitting

import (
	"strings"

	"go_examples/internal/lines"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Text []byte `json:"text"`
}

const email = 2

// Prepare returns the text.
func Prepare(in Input) string { return lines.Text(in.Text) }

// Run returns the number of rows, and those at evenly spaced places.
func Run(text string) []any {
	var rows [][]string
	for line := range strings.Lines(text) {
		// The end of the line goes with the spaces around the last field.
		fields := strings.Split(line, ";")
		for i, field := range fields {
			fields[i] = strings.TrimSpace(field)
		}
		fields[email] = strings.ToLower(fields[email])
		rows = append(rows, fields)
	}
	answer := []any{len(rows)}
	for i := 0; i < len(rows); i += max(1, len(rows)/32) {
		answer = append(answer, strings.Join(rows[i], "|"))
	}
	return answer
}
