package pool16

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "concurrency/pool-16"

func TestAnswer(t *testing.T) { harness.Check(t, id, Run) }

func BenchmarkRun(b *testing.B) { harness.Measure(b, id, Run) }
