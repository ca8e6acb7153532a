// Package lines has text as files have it: UTF-8, in lines. The Python twin is bench/workloads/execution/lines.py; both refuse the
// same files.
package lines

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text returns a text. It panics if that is not UTF-8, or has control characters other than tabs and line feeds.
func Text(data []byte) string {
	if !utf8.Valid(data) {
		panic("not UTF-8")
	}
	text := string(data)
	if at := strings.IndexFunc(text, control); at >= 0 {
		panic(fmt.Sprintf("a control character at byte %d", at))
	}
	return text
}

// Decode returns the lines of a text, each without the line feed that ends it; it panics as Text does.
func Decode(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(Text(data), "\n"), "\n")
}

// control reports whether a character is a control character, or one of the two separators that only some programs take for ends
// of lines.
func control(character rune) bool {
	switch character {
	case '\t', '\n':
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(character)
}
