package backend

import (
	"strings"
	"unicode"
)

// IsAddress tells whether a text has the form something@something.something, without space: the rule of all servers, in both languages.
// In Python it is the pattern [^@\s]+@[^@\s]+\.[^@\s]+.
func IsAddress(text string) bool {
	name, domain, _ := strings.Cut(text, "@")
	return name != "" && len(domain) > 2 && strings.Contains(domain[1:len(domain)-1], ".") &&
		!strings.Contains(domain, "@") && !strings.ContainsFunc(text, unicode.IsSpace)
}
