// Command memorysmallarrow reads the amounts of a small table with the library github.com/apache/arrow-go, and adds them up.
package main

import (
	"math"
	"os"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/csv"
	arrowmath "github.com/apache/arrow-go/v18/arrow/math"

	"go_examples/internal/report"
	"go_examples/internal/tables"
)

type input struct {
	Table string `report:"table"`
}

func main() { report.Main(run) }

// run returns the sum in cents.
func run(in input, mark report.Mark) int {
	file, err := os.Open(tables.Path(in.Table))
	if err != nil {
		panic(err)
	}
	defer file.Close()
	reader := csv.NewInferringReader(file, csv.WithHeader(true), csv.WithIncludeColumns([]string{"amount"}))
	defer reader.Release()
	total := 0.0
	for reader.Next() {
		total += arrowmath.Float64.Sum(reader.RecordBatch().Column(0).(*array.Float64))
	}
	if err := reader.Err(); err != nil {
		panic(err)
	}
	mark("answered")
	return int(math.Round(100 * total))
}
