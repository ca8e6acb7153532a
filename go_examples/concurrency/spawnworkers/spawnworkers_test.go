package spawnworkers

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "concurrency/spawn-process"

func TestAnswer(t *testing.T) { harness.Check(t, id, Run) }

func BenchmarkRun(b *testing.B) { harness.Measure(b, id, Run) }
