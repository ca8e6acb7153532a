package handover

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "concurrency/hand-over"

func TestAnswer(t *testing.T) { harness.Check(t, id, Run) }

func BenchmarkRun(b *testing.B) { harness.Measure(b, id, Run) }
