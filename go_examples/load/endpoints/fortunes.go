package endpoints

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	tokens "golang.org/x/net/html"
)

const (
	insertion = "INSERT INTO fortune VALUES"
	addition  = "Additional fortune added at request time."
)

// Messages returns the messages of the fortunes in a schema: those of the tuples that are inserted, whose ids count from 1.
func Messages(schema string) ([]string, error) {
	_, rest, found := strings.Cut(schema, insertion)
	if !found {
		return nil, fmt.Errorf("there is no %q", insertion)
	}
	var messages []string
	for {
		id := fmt.Sprintf("(%d, '", len(messages)+1)
		rest = strings.TrimLeft(rest, " \n")
		if !strings.HasPrefix(rest, id) {
			return nil, fmt.Errorf("want the tuple %s...'), got %s", id, Short([]byte(rest)))
		}
		message, after, err := literal(rest[len(id):])
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
		switch {
		case strings.HasPrefix(after, "),"):
			rest = after[len("),"):]
		case strings.HasPrefix(after, ");"):
			return messages, nil
		default:
			return nil, fmt.Errorf("want the end of tuple %d, got %s", len(messages), Short([]byte(after)))
		}
	}
}

// literal returns the text of an SQL string whose opening quote is read, and what follows its closing one; two quotes are one.
func literal(text string) (string, string, error) {
	var read strings.Builder
	for {
		part, rest, found := strings.Cut(text, "'")
		if !found {
			return "", "", errors.New("a string does not end")
		}
		read.WriteString(part)
		if !strings.HasPrefix(rest, "'") {
			return read.String(), rest, nil
		}
		read.WriteByte('\'')
		text = rest[1:]
	}
}

// page returns the page of all fortunes, with the additional one, in order.
func page(messages []string) string {
	type fortune struct {
		id      int
		message string
	}
	fortunes := []fortune{{0, addition}}
	for i, message := range messages {
		fortunes = append(fortunes, fortune{i + 1, message})
	}
	slices.SortFunc(fortunes, func(a, b fortune) int { return strings.Compare(a.message, b.message) }) // UTF-8: by code point
	var page strings.Builder
	page.WriteString("<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>")
	for _, fortune := range fortunes {
		page.WriteString("<tr><td>" + strconv.Itoa(fortune.id) + "</td><td>" + html.EscapeString(fortune.message) + "</td></tr>")
	}
	page.WriteString("</table></body></html>")
	return page.String()
}

// samePage compares pages tag by tag and text by text; white space between tags is free, and so is how a character is escaped.
func samePage(want, got []byte) error {
	if bytes.Contains(got, []byte("<script>alert")) {
		return errors.New("answered wrong: want <script> escaped, got it raw")
	}
	wanted, given := marks(want), marks(got)
	for i := range max(len(wanted), len(given)) {
		expected, found := "the end", "the end"
		if i < len(wanted) {
			expected = wanted[i]
		}
		if i < len(given) {
			found = given[i]
		}
		if expected != found {
			return Wrong([]byte(expected), []byte(found))
		}
	}
	return nil
}

// marks returns the tags and the texts of a page; text without any character but white space is none.
func marks(page []byte) []string {
	var found []string
	for reader := tokens.NewTokenizer(bytes.NewReader(page)); reader.Next() != tokens.ErrorToken; {
		token := reader.Token()
		if token.Type != tokens.TextToken {
			found = append(found, token.String())
		} else if strings.TrimSpace(token.Data) != "" {
			found = append(found, "text "+token.Data)
		}
	}
	return found
}
