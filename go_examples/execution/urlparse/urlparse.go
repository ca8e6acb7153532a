// Package urlparse takes URLs apart: host, decoded path, decoded parameters of the query. The standard library's net/url, which is Go
// code. The answer is the number of parameters, and all hosts, paths and values of q, which are empty where there is none.
package urlparse

import (
	"net/url"
	"strings"

	"go_examples/internal/lines"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Lines []byte `json:"lines"`
}

// Answer is the number of parameters, and all hosts, paths and values of q.
type Answer struct {
	Parameters          int
	Hosts, Paths, Words string
}

// Prepare splits the lines.
func Prepare(in Input) []string { return lines.Decode(in.Lines) }

// Run takes each URL apart.
func Run(urls []string) Answer {
	parameters := 0
	hosts, paths, words := make([]string, len(urls)), make([]string, len(urls)), make([]string, len(urls))
	for i, text := range urls {
		parts, err := url.Parse(text)
		if err != nil {
			panic(err)
		}
		query, err := url.ParseQuery(parts.RawQuery)
		if err != nil {
			panic(err)
		}
		for _, values := range query {
			parameters += len(values)
		}
		hosts[i], paths[i], words[i] = parts.Hostname(), parts.Path, query.Get("q")
	}
	return Answer{parameters, strings.Join(hosts, "\n"), strings.Join(paths, "\n"), strings.Join(words, "\n")}
}
