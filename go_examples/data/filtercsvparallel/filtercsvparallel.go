// Package filtercsvparallel reads payments with encoding/csv in as many parts as there are CPUs, and adds up those of one country above
// an amount.
package filtercsvparallel

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"runtime"
	"sync"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Filtered is how many payments there are, and the sum of their amounts.
type Filtered struct {
	Count int
	Total float64
}

// Prepare returns the path of the table.
func Prepare(in Input) string { return tables.Path(in.Table) }

// Run reads the table, in which no cell may hold the end of a line. It panics where the table is not as expected.
func Run(path string) Filtered {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	parts := make([]Filtered, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i := range parts {
		part := rest
		if i < len(parts)-1 {
			end := len(rest) / (len(parts) - i)
			end += bytes.IndexByte(rest[end:], '\n') + 1
			part, rest = rest[:end], rest[end:]
		}
		group.Go(func() { parts[i] = filtered(part) })
	}
	group.Wait()
	var all Filtered
	for _, part := range parts {
		all.Count += part.Count
		all.Total += part.Total
	}
	return all
}

// filtered adds up whole lines.
func filtered(text []byte) Filtered {
	reader := csv.NewReader(bytes.NewReader(text))
	reader.ReuseRecord = true
	var filtered Filtered
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return filtered
		} else if err != nil {
			panic(err)
		}
		if record[2] != "DE" {
			continue
		}
		if amount := tables.Float(record[4]); amount > 500 {
			filtered.Count++
			filtered.Total += amount
		}
	}
}
