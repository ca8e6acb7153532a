// Package uuid7 makes UUIDs of version 7 as text (RFC 9562, section 5.7): the library github.com/google/uuid, written in Go.
// The standard library has none.
package uuid7

import "github.com/google/uuid"

const (
	version = 14
	variant = 19
)

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
}

// Answer counts the identifiers, those greater than the one before, those of version 7, and those of the RFC's variant.
// Where each is greater than the one before, no two are equal.
type Answer struct {
	Made, Ascending, Version7, Variant int
}

// Run makes the identifiers.
func Run(in Input) Answer {
	texts := make([]string, in.Count)
	for i := range texts {
		id, err := uuid.NewV7()
		if err != nil {
			panic(err)
		}
		texts[i] = id.String()
	}
	return facts(texts)
}

func facts(texts []string) Answer {
	answer := Answer{Made: len(texts)}
	previous := ""
	for i, text := range texts {
		if i > 0 && text > previous {
			answer.Ascending++
		}
		previous = text
		if text[version] == '7' {
			answer.Version7++
		}
		switch text[variant] {
		case '8', '9', 'a', 'b':
			answer.Variant++
		}
	}
	return answer
}
