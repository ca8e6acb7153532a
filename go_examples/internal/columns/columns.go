// Package columns filters columns of payments with Arrow's compute functions.
package columns

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/compute"
	"github.com/apache/arrow-go/v18/arrow/math"
	"github.com/apache/arrow-go/v18/arrow/scalar"

	"go_examples/internal/tables"
)

// Add adds the payments of a record, whose columns are country and amount, that are of one country and above an amount.
func Add(filtered *tables.Filtered, record arrow.RecordBatch) {
	country, err := scalar.MakeScalarParam("DE", record.Column(0).DataType())
	if err != nil {
		panic(err)
	}
	of := call("equal", compute.NewDatum(record.Column(0)), compute.NewDatum(country))
	defer of.Release()
	above := call("greater", compute.NewDatumWithoutOwning(record.Column(1)), compute.NewDatum(500.0))
	defer above.Release()
	both := call("and", of, above)
	defer both.Release()
	kept, err := compute.Filter(context.Background(), compute.NewDatumWithoutOwning(record.Column(1)), both, *compute.DefaultFilterOptions())
	if err != nil {
		panic(err)
	}
	defer kept.Release()
	amounts := kept.(*compute.ArrayDatum).MakeArray().(*array.Float64)
	defer amounts.Release()
	filtered.Count += amounts.Len()
	filtered.Total += math.Float64.Sum(amounts)
}

func call(function string, arguments ...compute.Datum) compute.Datum {
	result, err := compute.CallFunction(context.Background(), function, nil, arguments...)
	if err != nil {
		panic(err)
	}
	return result
}
