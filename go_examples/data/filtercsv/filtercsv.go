// Package filtercsv reads payments with encoding/csv, and adds up those of one country above an amount.
package filtercsv

import (
	"encoding/csv"
	"io"
	"os"
	"strconv"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Table string `json:"table"`
}

// Prepare returns the path of the table.
func Prepare(in Input) string { return tables.Path(in.Table) }

// Run reads the table. It panics where that is not as expected.
func Run(path string) tables.Filtered {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	if _, err := reader.Read(); err != nil {
		panic(err)
	}
	filtered, err := Filter(reader)
	if err != nil {
		panic(err)
	}
	return filtered
}

// Filter adds up the rows that are left to read.
func Filter(reader *csv.Reader) (tables.Filtered, error) {
	reader.ReuseRecord = true
	var filtered tables.Filtered
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return filtered, nil
		} else if err != nil {
			return filtered, err
		}
		if record[2] != "DE" {
			continue
		}
		amount, err := strconv.ParseFloat(record[4], 64)
		if err != nil {
			return filtered, err
		}
		if amount > 500 {
			filtered.Count++
			filtered.Total += amount
		}
	}
}
