// Package filtercsvparallel reads payments with encoding/csv in as many parts as there are CPUs, and adds up those of one country above
// an amount.
package filtercsvparallel

import (
	"bytes"
	"encoding/csv"
	"os"
	"runtime"
	"sync"

	"go_examples/data/filtercsv"
	"go_examples/internal/tables"
)

// columns is how many cells a row has: a part that begins with a shorter one must not take that as the rule.
const columns = 5

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare returns the path of the table.
func Prepare(in Input) string { return tables.Path(in.Table) }

// Run reads the table, in which no cell may hold the end of a line. It panics where the table is not as expected: here, since what
// panics in a goroutine ends the process.
func Run(path string) tables.Filtered {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	parts := make([]tables.Filtered, runtime.GOMAXPROCS(0))
	errs := make([]error, len(parts))
	var group sync.WaitGroup
	for i := range parts {
		var part []byte
		part, rest = cut(rest, len(rest)/(len(parts)-i))
		group.Go(func() {
			reader := csv.NewReader(bytes.NewReader(part))
			reader.FieldsPerRecord = columns
			parts[i], errs[i] = filtercsv.Filter(reader)
		})
	}
	group.Wait()
	var all tables.Filtered
	for i, part := range parts {
		if errs[i] != nil {
			panic(errs[i])
		}
		all.Count += part.Count
		all.Total += part.Total
	}
	return all
}

// cut divides text behind the line that the byte at end is in; where that is the last one, nothing is left.
func cut(text []byte, end int) (part, rest []byte) {
	length := bytes.IndexByte(text[end:], '\n')
	if length < 0 {
		return text, nil
	}
	return text[:end+length+1], text[end+length+1:]
}
