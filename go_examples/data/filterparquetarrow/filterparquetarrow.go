// Package filterparquetarrow reads payments that are Parquet into Arrow's columns, and adds up those of one country above an amount:
// the library github.com/apache/arrow-go, which is Go with parts in assembly.
package filterparquetarrow

import (
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

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

// Run reads the two columns that the question needs. It panics where the file is not as expected.
func Run(path string) tables.Filtered {
	opened, err := file.OpenParquetFile(path, false)
	if err != nil {
		panic(fmt.Errorf("%s: %w", path, err))
	}
	defer opened.Close()
	reader, err := pqarrow.NewFileReader(opened, pqarrow.ArrowReadProperties{BatchSize: chunk, Parallel: true}, memory.DefaultAllocator)
	if err != nil {
		panic(err)
	}
	schema := opened.MetaData().Schema
	wanted := []int{schema.ColumnIndexByName("country"), schema.ColumnIndexByName("amount")}
	records, err := reader.GetRecordReader(context.Background(), wanted, nil)
	if err != nil {
		panic(err)
	}
	defer records.Release()
	var filtered tables.Filtered
	for records.Next() {
		columns.Add(&filtered, records.RecordBatch())
	}
	if err := records.Err(); err != nil {
		panic(err)
	}
	return filtered
}
