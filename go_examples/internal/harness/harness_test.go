package harness

import (
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

type fibInput struct {
	N int `json:"n"`
}

func mustRepository(t *testing.T) string {
	t.Helper()
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestKnownAnswersHaveTheirTextAndChecksum(t *testing.T) {
	var vectors struct {
		Vector []struct {
			Answer   any
			Text     string
			Checksum int64
		}
	}
	if _, err := toml.DecodeFile(filepath.Join(mustRepository(t), "tests", "workloads", "checksums.toml"), &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.Vector) == 0 {
		t.Fatal("no vectors")
	}
	for _, vector := range vectors.Vector {
		t.Run(vector.Text, func(t *testing.T) {
			reduced, err := plain(reflect.ValueOf(vector.Answer))
			if err != nil {
				t.Fatal(err)
			}
			if text := canonical(reduced); text != vector.Text {
				t.Errorf("text is %q, want %q", text, vector.Text)
			}
			if sum, err := checksum(vector.Answer); err != nil || sum != vector.Checksum {
				t.Errorf("checksum is %#x (%v), want %#x", sum, err, vector.Checksum)
			}
		})
	}
}

func TestAnswersOfEveryShapeReduceToPlainOnes(t *testing.T) {
	type pair struct {
		Count int32
		Name  string
	}
	for _, c := range []struct{ answer, want any }{
		{7, int64(7)},
		{float32(0.5), 0.5},
		{[]byte("ok"), "ok"},
		{[2]float64{1, 2}, []any{1.0, 2.0}},
		{pair{3, "x"}, []any{int64(3), "x"}},
		{[]pair{{1, "a"}}, []any{[]any{int64(1), "a"}}},
	} {
		if got, err := plain(reflect.ValueOf(c.answer)); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("plain(%#v) = %#v, %v; want %#v", c.answer, got, err, c.want)
		}
	}
}

func TestOtherAnswersAreRefused(t *testing.T) {
	for _, answer := range []any{true, map[string]int{}, math.NaN(), math.Inf(1), []any{false}} {
		if sum, err := checksum(answer); err == nil {
			t.Errorf("checksum(%#v) = %d, want an error", answer, sum)
		}
	}
}

func TestSameAllowsFloatsATolerance(t *testing.T) {
	for _, c := range []struct {
		got, want any
		tolerance float64
		same      bool
	}{
		{1.0, 1.0, 0, true},
		{1.0, 1.0 + 1e-9, 1e-8, true},
		{1.0, 1.0 + 1e-7, 1e-8, false},
		{int64(1), 1.0, 1, false},
		{int64(1), int64(2), 1, false},
		{[]any{1.0}, []any{1.0, 1.0}, 0, false},
		{[]any{1.0, "a"}, []any{1.0, "a"}, 0, true},
	} {
		if got := same(c.got, c.want, c.tolerance); got != c.same {
			t.Errorf("same(%v, %v, %v) = %v", c.got, c.want, c.tolerance, got)
		}
	}
}

func TestInputWantsAFieldForEachArgument(t *testing.T) {
	for name, given := range map[string]arguments{
		"too few":  {},
		"too many": {Input: map[string]any{"n": int64(1), "m": int64(2)}},
		"renamed":  {Input: map[string]any{"m": int64(1)}},
	} {
		if in, err := input[fibInput]("", given); err == nil {
			t.Errorf("%s: got %+v, want an error", name, in)
		}
	}
}

func TestAMissingInputFileIsNamedWithTheRemedy(t *testing.T) {
	_, err := input[struct{ Text []byte }](t.TempDir(), arguments{Files: map[string]string{"Text": "log.txt"}})
	if err == nil || !strings.Contains(err.Error(), "log.txt has not been made yet; run `make test`") {
		t.Errorf("error is %v", err)
	}
}

func TestAnUnknownBenchmarkIsNamed(t *testing.T) {
	_, err := find(mustRepository(t), "execution/nothing")
	if err == nil || !strings.Contains(err.Error(), `there is no benchmark "execution/nothing"`) {
		t.Errorf("error is %v", err)
	}
}

// calls counts over all of the binary's benchmarks.
var calls int

// BenchmarkCalls reports how often Measure has called the program, for tests/workloads/test_golang.py.
func BenchmarkCalls(b *testing.B) {
	Measure(b, "execution/fib", func(in fibInput) int {
		calls++
		return in.N
	})
	b.ReportMetric(float64(calls), "calls")
}
