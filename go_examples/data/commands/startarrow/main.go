// Command startarrow reads a small table with the library github.com/apache/arrow-go, and prints the sum of a column.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/csv"
	"github.com/apache/arrow-go/v18/arrow/math"
)

func main() {
	reader := csv.NewInferringReader(os.Stdin, csv.WithHeader(true), csv.WithIncludeColumns([]string{"amount"}))
	defer reader.Release()
	total := 0.0
	for reader.Next() {
		total += math.Float64.Sum(reader.RecordBatch().Column(0).(*array.Float64))
	}
	if err := reader.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f\n", total)
}
