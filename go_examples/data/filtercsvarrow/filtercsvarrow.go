// Package filtercsvarrow reads payments into Arrow's columns, and adds up those of one country above an amount: the library
// github.com/apache/arrow-go, whose reader of CSV is over encoding/csv.
package filtercsvarrow

import (
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/csv"

	"go_examples/internal/columns"
	"go_examples/internal/tables"
)

// chunk is how many rows are filtered at a time.
const chunk = 64 << 10

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
	reader := csv.NewInferringReader(file,
		csv.WithHeader(true), csv.WithChunk(chunk), csv.WithIncludeColumns([]string{"country", "amount"}),
		csv.WithColumnTypes(map[string]arrow.DataType{"country": arrow.BinaryTypes.String, "amount": arrow.PrimitiveTypes.Float64}),
	)
	defer reader.Release()
	var filtered tables.Filtered
	for reader.Next() {
		columns.Add(&filtered, reader.RecordBatch())
	}
	if err := reader.Err(); err != nil {
		panic(err)
	}
	return filtered
}
