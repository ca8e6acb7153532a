// Package stringbuilding makes a long response out of short parts: counters as text for a monitoring system. strings.Builder
// collects the parts; strconv writes the numbers.
package stringbuilding

import (
	"strconv"
	"strings"

	"go_examples/internal/integers"
	"go_examples/internal/lines"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows []byte `json:"rows"`
}

// Counter says how many requests had this method, route and status code.
type Counter struct {
	Method, Route, Code string
	Requests            int64
}

// lineLength is about that of a line: a guess that spares the builder most of its moves.
const lineLength = 100

// Prepare returns the counters.
func Prepare(in Input) []Counter {
	var rows []Counter
	for _, line := range lines.Decode(in.Rows) {
		fields := strings.Split(line, "\t")
		if len(fields) != 4 {
			panic("not the four fields of a counter: " + line)
		}
		rows = append(rows, Counter{fields[0], fields[1], fields[2], integers.Parse(fields[3])})
	}
	return rows
}

// Run returns a line for each counter.
func Run(rows []Counter) string {
	var text strings.Builder
	text.Grow(lineLength * len(rows))
	var digits [20]byte
	for _, row := range rows {
		text.WriteString(`http_requests_total{method="`)
		text.WriteString(row.Method)
		text.WriteString(`",route="`)
		text.WriteString(row.Route)
		text.WriteString(`",code="`)
		text.WriteString(row.Code)
		text.WriteString(`"} `)
		text.Write(strconv.AppendInt(digits[:0], row.Requests, 10))
		text.WriteByte('\n')
	}
	return text.String()
}
