// Package filtercsv reads payments with encoding/csv, and adds up those of one country above an amount.
package filtercsv

import (
	"encoding/csv"
	"io"
	"os"

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

// Run reads the table. It panics where that is not as expected.
func Run(path string) Filtered {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.ReuseRecord = true
	if _, err := reader.Read(); err != nil {
		panic(err)
	}
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
