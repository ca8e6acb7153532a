package main

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// figures are the answer to a phase of load; times are in seconds.
type figures struct {
	Requests      int      `json:"requests"`
	Seconds       float64  `json:"seconds"`
	Rate          float64  `json:"rate"`
	Offered       float64  `json:"offered,omitempty"`
	Mean          float64  `json:"mean"`
	P50           float64  `json:"p50"`
	P90           float64  `json:"p90"`
	P99           float64  `json:"p99"`
	P999          float64  `json:"p999"`
	Max           float64  `json:"max"`
	LagP99        *float64 `json:"lag_p99,omitempty"`
	Errors        int      `json:"errors"`
	FirstError    string   `json:"first_error"`
	Validated     int      `json:"validated"`
	CPU           float64  `json:"cpu"`
	Opened        int      `json:"opened"`
	Handshakes    int      `json:"handshakes,omitempty"`
	UpstreamCalls int64    `json:"upstream_calls"`
	Sent          int      `json:"sent"`
	Ceiling       float64  `json:"ceiling,omitempty"`
	*recovery
}

// times are a distribution from 1 µs to 60 s, to three digits, and its exact sum.
type times struct {
	histogram *hdrhistogram.Histogram
	sum       time.Duration
}

const slowest = time.Minute

func newTimes() times {
	return times{histogram: hdrhistogram.New(time.Microsecond.Nanoseconds(), slowest.Nanoseconds(), 3)}
}

// add counts a time; one beyond the histogram's end counts as its end.
func (t *times) add(one time.Duration) {
	t.sum += one
	if err := t.histogram.RecordValue(min(one, slowest).Nanoseconds()); err != nil {
		panic(err) // unreachable: the value is in the histogram's range
	}
}

func (t *times) count() int { return int(t.histogram.TotalCount()) }

// mean returns the exact mean, in seconds.
func (t *times) mean() float64 {
	if t.count() == 0 {
		return 0
	}
	return t.sum.Seconds() / float64(t.count())
}

// percentile returns a percentile in seconds.
func (t *times) percentile(percent float64) float64 {
	if t.count() == 0 {
		return 0
	}
	return time.Duration(t.histogram.ValueAtPercentile(percent)).Seconds()
}

// max returns the greatest time in seconds, as exact as the percentiles, so that none of these is above it.
func (t *times) max() float64 { return t.percentile(100) }
