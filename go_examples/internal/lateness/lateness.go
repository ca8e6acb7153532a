// Package lateness is the light task of the mixed load: when it gets its turn, and how late it is done. Its twin is
// bench/workloads/concurrency/mixed.py, which has the rules.
package lateness

import (
	"math"
	"net"
	"os"
	"slices"
	"syscall"
	"time"

	"go_examples/internal/report"
)

const period = 2 * time.Millisecond

// Turns takes so many turns in this goroutine and returns their lateness in seconds.
func Turns(wakes int) []float64 {
	near, far := socketPair()
	defer near.Close()
	defer far.Close()
	sent, got := []byte("x"), make([]byte, 1)
	var late []float64
	start := time.Now()
	for turn := 1; turn <= wakes; turn++ {
		planned := start.Add(time.Duration(turn) * period)
		time.Sleep(time.Until(planned))
		if _, err := near.Write(sent); err != nil {
			panic(err)
		}
		if _, err := far.Read(got); err != nil {
			panic(err)
		}
		late = append(late, time.Since(planned).Seconds())
	}
	return late
}

// Figures returns quantiles of the lateness without and with the job.
func Figures(idle, late []float64) []report.Figure {
	return []report.Figure{
		{Name: "p50", Value: quantile(late, 0.5)},
		{Name: "p99", Value: quantile(late, 0.99)},
		{Name: "max", Value: slices.Max(late)},
		{Name: "idle_p99", Value: quantile(idle, 0.99)},
	}
}

// quantile returns the smallest value that so large a share of the values does not exceed: the nearest rank.
func quantile(values []float64, share float64) float64 {
	return slices.Sorted(slices.Values(values))[int(math.Ceil(share*float64(len(values))))-1]
}

func socketPair() (near, far net.Conn) {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		panic(err)
	}
	return connection(pair[0]), connection(pair[1])
}

func connection(descriptor int) net.Conn {
	file := os.NewFile(uintptr(descriptor), "socket pair")
	defer file.Close() // the connection has a copy
	made, err := net.FileConn(file)
	if err != nil {
		panic(err)
	}
	return made
}
