// Package harness tests and measures the programs against the catalog in bench/catalog, as bench/workloads does for Python.
package harness

import (
	"flag"
	"fmt"
	"reflect"
	"testing"
	"time"
)

// Check runs a program on the catalog's check input and compares its answer with the catalog's.
func Check[In, Out any](t *testing.T, id string, run func(In) Out) {
	t.Helper()
	CheckPrepared(t, id, Unprepared, run)
}

// CheckPrepared is Check for a program whose input is first brought into the form in which a service would have it.
func CheckPrepared[In, Prepared, Out any](t *testing.T, id string, prepare func(In) Prepared, run func(Prepared) Out) {
	t.Helper()
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	entry, err := find(root, id)
	if err != nil {
		t.Fatal(err)
	}
	in, err := input[In](root, entry.Check.arguments)
	if err != nil {
		t.Fatalf("%s: check: %v", id, err)
	}
	got, err := plain(reflect.ValueOf(run(prepare(in))))
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	want, err := plain(reflect.ValueOf(entry.Check.Answer))
	if err != nil {
		t.Fatalf("%s: check.answer: %v", id, err)
	}
	if !same(got, want, entry.Check.Tolerance) {
		t.Errorf("%s: answer is %v, the catalog says %v (tolerance %v)", id, got, want, entry.Check.Tolerance)
	}
}

// loops is how many iterations make a value: as many as take long enough for the clock. The harness gives it.
var loops = flag.Int("loops", 0, "iterations of each value; 0: all of them are one value")

// Measure times a program on the catalog's input. The line of output carries metrics besides the usual ones: 1-ns, 2-ns and so on,
// the time of each value's iterations in whole nanoseconds, and checksum, that of the last answer.
func Measure[In, Out any](b *testing.B, id string, run func(In) Out) {
	b.Helper()
	MeasurePrepared(b, id, Unprepared, run)
}

// MeasurePrepared is Measure for a program whose input is first brought into another form, which is not measured.
//
// All values are taken in one loop, as pyperf takes its own in one process: each run of the benchmark function would collect garbage
// first, and begin with a heap that has to grow again.
//
// The answer stays in a variable of its own type inside the loop, because converting it to an interface there could allocate.
// It is used afterwards, by the checksum, and b.Loop keeps it alive in every iteration: no compiler may skip the work.
func MeasurePrepared[In, Prepared, Out any](b *testing.B, id string, prepare func(In) Prepared, run func(Prepared) Out) {
	b.Helper()
	root, err := repository()
	if err != nil {
		b.Fatal(err)
	}
	entry, err := find(root, id)
	if err != nil {
		b.Fatal(err)
	}
	in, err := input[In](root, entry.arguments)
	if err != nil {
		b.Fatalf("%s: %v", id, err)
	}
	prepared := prepare(in)
	var answer Out
	values := make([]time.Duration, 0, 256)
	iterations, before := 0, time.Duration(0)
	for b.Loop() {
		answer = run(prepared)
		iterations++
		if iterations == *loops {
			now := b.Elapsed()
			values = append(values, now-before)
			iterations, before = 0, now
		}
	}
	if iterations > 0 {
		values = append(values, b.Elapsed()-before)
	}
	sum, err := checksum(answer)
	if err != nil {
		b.Fatalf("%s: %v", id, err)
	}
	for i, value := range values {
		b.ReportMetric(float64(value.Nanoseconds()), fmt.Sprintf("%d-ns", i+1))
	}
	b.ReportMetric(float64(sum), "checksum")
}

// Unprepared leaves the input of a program as it is that has nothing to prepare.
func Unprepared[In any](in In) In { return in }
