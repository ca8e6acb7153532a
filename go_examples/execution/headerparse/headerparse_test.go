package headerparse

import (
	"testing"

	"go_examples/internal/harness"
)

const id = "execution/header-parse"

func TestAnswer(t *testing.T) { harness.Check(t, id, Run) }

func BenchmarkRun(b *testing.B) { harness.Measure(b, id, Run) }
