// Package background does work in the background whose output may be lost: who has started it looks, and then leaves, whether or
// not it is done.
package background

import (
	"crypto/sha256"
	"slices"
	"sync/atomic"
	"time"

	"go_examples/internal/report"
)

var page [4096]byte

// Outputs are those of one run of a program.
type Outputs struct {
	digests  [][sha256.Size]byte
	finished atomic.Int64
}

// Piece does one piece of work, and leaves its output.
func (o *Outputs) Piece(n int) {
	o.digests[n] = sha256.Sum256(page[:])
	o.finished.Add(1)
}

// Repeat runs a program again and again; it reports the median of its seconds, and the share of all outputs that were missing when
// it returned. What is late is waited for before the next time.
func Repeat(mark report.Mark, times, count int, main func(*Outputs)) int {
	lost, seconds := 0, make([]float64, times)
	for i := range times {
		outputs := &Outputs{digests: make([][sha256.Size]byte, count)}
		start := time.Now()
		main(outputs)
		seconds[i] = time.Since(start).Seconds()
		lost += count - int(outputs.finished.Load())
		for outputs.finished.Load() < int64(count) {
			time.Sleep(time.Millisecond)
		}
	}
	slices.Sort(seconds)
	mark("done", report.Figure{Name: "seconds", Value: seconds[times/2]}, report.Figure{Name: "lost", Value: float64(lost) / float64(times*count)})
	return count
}
