// Package headerparse parses heads of requests on a connection that is kept alive, as net/http's server does: the first line is split,
// net/textproto reads the fields. Both are Go code.
//
// The answer is the number of fields, and all methods, targets, hosts and user agents; a head without a host is refused.
package headerparse

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/textproto"
	"strings"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Heads []byte `json:"heads"`
}

// Answer is the number of fields, and all methods, targets, hosts and user agents.
type Answer struct {
	Fields                          int
	Methods, Targets, Hosts, Agents string
}

// Run parses each head.
func Run(in Input) Answer {
	connection := textproto.NewReader(bufio.NewReader(bytes.NewReader(in.Heads)))
	count := 0
	var methods, targets, hosts, agents []string
	for {
		line, err := connection.ReadLine()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			panic(err)
		}
		method, rest, _ := strings.Cut(line, " ")
		target, _, found := strings.Cut(rest, " ")
		if !found {
			panic("a first line without a version")
		}
		fields, err := connection.ReadMIMEHeader()
		if err != nil {
			panic(err)
		}
		host, ok := fields["Host"]
		if !ok {
			panic("a head without a host")
		}
		for _, values := range fields {
			count += len(values)
		}
		methods, targets = append(methods, method), append(targets, target)
		hosts, agents = append(hosts, host[0]), append(agents, fields.Get("User-Agent"))
	}
	return Answer{
		count, strings.Join(methods, "\n"), strings.Join(targets, "\n"), strings.Join(hosts, "\n"), strings.Join(agents, "\n"),
	}
}
