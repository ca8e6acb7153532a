package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

const (
	// again is how long 99 of 100 requests have to be answered quickly for the server to have recovered.
	again = 500 * time.Millisecond
	// quickly is how long an answer may take all the same, however short the time before the stall was.
	quickly = 10 * time.Millisecond
)

// errUnavailable says that a service behind the server does not answer, which during a stall is no mistake.
var errUnavailable = errors.New("a service is not available")

// stall is what a phase says of the process that stops for a while.
type stall struct {
	PID     int     `json:"pid"`
	At      float64 `json:"at"` // from the beginning of the measured time
	Seconds float64 `json:"seconds"`
}

// possible refuses a stall that makes no sense in a phase.
func (s *stall) possible(plan *phase) error {
	if plan.Mode != "open" {
		return errors.New("a stall needs an open loop: a closed one would wait with the server")
	}
	if s.PID <= 1 || !(0 < s.At && 0 < s.Seconds && s.At+s.Seconds+again.Seconds() < plan.Seconds) {
		return fmt.Errorf("a stall needs pid, and at and seconds, both above 0, which end %g s before the phase", again.Seconds())
	}
	return nil
}

// interruption is a stall under way, and what has become of each request.
type interruption struct {
	from, to time.Duration // from the beginning of the phase
	pid      int
	stopped  bool
	resumed  bool
	outcomes []outcome // by the requests' places in the sequence
}

type outcome struct {
	latency time.Duration
	right   bool
}

func newInterruption(plan *phase, total int) *interruption {
	from := plan.warmUp() + seconds(plan.Stall.At)
	return &interruption{from: from, to: from + seconds(plan.Stall.Seconds), pid: plan.Stall.PID, outcomes: make([]outcome, total)}
}

// next returns when there is something to do.
func (s *interruption) next() time.Duration {
	switch {
	case !s.stopped:
		return s.from
	case !s.resumed:
		return s.to
	default:
		return math.MaxInt64 // never
	}
}

// recovery is what a stall did to an open loop; times are in seconds.
type recovery struct {
	Failed    int     `json:"failed"`
	Disturbed float64 `json:"disturbed"`
	BeforeP99 float64 `json:"before_p99"`
}

// judged returns how many requests failed, the 99th percentile before the stall, and how long after its beginning there was the first half
// a second, once it had ended, of whose requests 99 of 100 were answered quickly: within twice that percentile, or what counts as quickly.
// Where there was none, it is the rest of the phase.
func (s *interruption) judged(plan *phase) *recovery {
	planned := func(request int) time.Duration { return seconds(float64(request) / plan.Rate) }
	at := func(moment time.Duration) int { // the first request that is planned then, or later
		request := int(moment.Seconds() * plan.Rate)
		for request > 0 && planned(request-1) >= moment {
			request--
		}
		for planned(request) < moment {
			request++
		}
		return request
	}
	failed := 0
	for _, one := range s.outcomes {
		if !one.right {
			failed++
		}
	}
	before := s.p99(at(plan.warmUp()), at(s.from))
	limit := max(2*before, quickly)
	disturbed := plan.end() - s.from
	window := max(1, int(again.Seconds()*plan.Rate))
	slow := 0 // of the window that ends before a request
	first := at(s.to)
	for i := first; i < len(s.outcomes); i++ {
		if s.outcomes[i].bad(limit) {
			slow++
		}
		if start := i - window + 1; start >= first {
			if slow <= window/100 {
				disturbed = planned(start) - s.from
				break
			}
			if s.outcomes[start].bad(limit) {
				slow--
			}
		}
	}
	return &recovery{Failed: failed, Disturbed: disturbed.Seconds(), BeforeP99: before.Seconds()}
}

func (o outcome) bad(limit time.Duration) bool { return !o.right || o.latency > limit }

// p99 returns the 99th percentile of the latency of right answers to some requests.
func (s *interruption) p99(from, to int) time.Duration {
	var latencies []time.Duration
	for _, one := range s.outcomes[from:to] {
		if one.right {
			latencies = append(latencies, one.latency)
		}
	}
	if len(latencies) == 0 {
		return 0
	}
	slices.Sort(latencies)
	return latencies[len(latencies)*99/100]
}
