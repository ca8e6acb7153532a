// Package observed repeats an operation in this process, and says what it takes: the time that passes, and the processor's. Its twin is
// bench/workloads/concurrency/observed.py, which has the rules.
package observed

import (
	"slices"
	"syscall"
	"time"

	"go_examples/internal/report"
)

const warmups = 3

// Waits repeats an operation that waits for at least as long as the floor, and returns the sum of its answers.
func Waits(mark report.Mark, once func() int, floor time.Duration, rounds int) int {
	seconds, processor, answer := repeated(once, rounds)
	mark("done", report.Figure{Name: "excess", Value: seconds - floor.Seconds()},
		report.Figure{Name: "seconds", Value: seconds}, report.Figure{Name: "processor", Value: processor})
	return answer
}

// Serves repeats an operation that answers messages, and returns how many in all. What is marked is of one message.
func Serves(mark report.Mark, once func() int, rounds int) int {
	seconds, processor, answer := repeated(once, rounds)
	messages := float64(answer) / float64(rounds)
	mark("done", report.Figure{Name: "processor", Value: processor / messages},
		report.Figure{Name: "seconds", Value: seconds / messages})
	return answer
}

// repeated returns the medians of the seconds and of the processor's seconds, and the sum of the answers.
func repeated(once func() int, rounds int) (elapsed, used float64, answer int) {
	for range warmups {
		once()
	}
	seconds, processor := make([]float64, rounds), make([]float64, rounds)
	for round := range rounds {
		before, start := processorTime(), time.Now()
		answer += once()
		seconds[round] = time.Since(start).Seconds()
		processor[round] = (processorTime() - before).Seconds()
	}
	return median(seconds), median(processor), answer
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func median(values []float64) float64 {
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}
