// Package identifiers has what is checked of UUIDs of version 7, whoever made them. The Python twin is
// bench/workloads/execution/identifiers.py; the rule is one.
package identifiers

const (
	version = 14
	variant = 19
)

// Facts counts the identifiers, those greater than the one before, those of version 7, and those of the RFC's variant.
// Where each is greater than the one before, no two are equal.
type Facts struct {
	Made, Ascending, Version7, Variant int
}

// Of returns the facts of identifiers in the order in which they were made.
func Of(texts []string) Facts {
	facts := Facts{Made: len(texts)}
	previous := ""
	for i, text := range texts {
		if i > 0 && text > previous {
			facts.Ascending++
		}
		previous = text
		if text[version] == '7' {
			facts.Version7++
		}
		switch text[variant] {
		case '8', '9', 'a', 'b':
			facts.Variant++
		}
	}
	return facts
}
