// Package csvstandard reads a table of sales with encoding/csv and adds it up by country.
package csvstandard

import (
	"bytes"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns each country, in alphabetical order, followed by the cents that were sold there.
func Run(in Input) []any {
	reader := csv.NewReader(bytes.NewReader(in.Document))
	reader.ReuseRecord = true
	if _, err := reader.Read(); err != nil {
		panic(err)
	}
	totals := make(map[string]int)
	for {
		record, err := reader.Read()
		if err == io.EOF {
			break
		} else if err != nil {
			panic(err)
		}
		quantity, err := strconv.Atoi(record[4])
		if err != nil {
			panic(err)
		}
		cents, err := strconv.Atoi(record[5])
		if err != nil {
			panic(err)
		}
		totals[record[2]] += quantity * cents
	}
	cells := make([]any, 0, 2*len(totals))
	for _, country := range slices.Sorted(maps.Keys(totals)) {
		cells = append(cells, country, totals[country])
	}
	return cells
}
