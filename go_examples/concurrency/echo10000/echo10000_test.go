package echo10000

import (
	"testing"

	"go_examples/internal/harness"
	"go_examples/internal/wire/wiretest"
)

const id = "concurrency/echo-10000"

func TestMain(m *testing.M) { wiretest.Main(m) }

func TestAnswer(t *testing.T) { harness.CheckPrepared(t, id, Prepare, Run) }

func BenchmarkRun(b *testing.B) { harness.MeasurePrepared(b, id, Prepare, Run) }
