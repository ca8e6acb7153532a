package parallelmaplists

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "concurrency/parallel-map-lists"

func TestAnswer(t *testing.T) { harness.CheckPrepared(t, id, Prepare, Run) }

func BenchmarkRun(b *testing.B) { harness.MeasurePrepared(b, id, Prepare, Run) }
