package jsondecode1kb

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "execution/json-decode-1kb"

func TestAnswer(t *testing.T) { harness.Check(t, id, Run) }

func BenchmarkRun(b *testing.B) { harness.Measure(b, id, Run) }
