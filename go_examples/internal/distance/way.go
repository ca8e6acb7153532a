package main

import (
	"net"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	chunk    = 32 << 10
	underWay = 1 << 14
	longest  = 10 * time.Second
)

// way carries what is sent on it for as long as it is, in the order in which it was sent: what is under way needs no more than a
// queue, since all of it takes equally long.
type way struct {
	takes time.Duration
	queue chan parcel

	lock sync.Mutex
	late *hdrhistogram.Histogram
}

// parcel is what was read of one connection at a time; without content, that there is no more to read.
type parcel struct {
	due     time.Time
	to      *side
	content []byte
}

// side is one of the two connections of which each is sent what comes from the other.
type side struct {
	*net.TCPConn
	other    *side
	finished bool // nothing more will be written to it
}

// lateness is by how much longer than it should a parcel was under way, in seconds.
type lateness struct {
	Forwarded int64   `json:"forwarded"`
	P50       float64 `json:"late_p50"`
	P99       float64 `json:"late_p99"`
}

func newWay(takes time.Duration) *way {
	late := hdrhistogram.New(time.Microsecond.Nanoseconds(), longest.Nanoseconds(), 3)
	return &way{takes: takes, queue: make(chan parcel, underWay), late: late}
}

// send puts on the way to one connection whatever comes from another, until that ends.
func (w *way) send(from, to *side) {
	for {
		buffer := make([]byte, chunk)
		n, err := from.Read(buffer)
		if n > 0 {
			w.queue <- parcel{time.Now().Add(w.takes), to, buffer[:n]}
		}
		if err != nil {
			w.queue <- parcel{time.Now().Add(w.takes), to, nil}
			return
		}
	}
}

// deliver writes each parcel when it is due, for ever.
func (w *way) deliver() {
	sleep := sleeper()
	for one := range w.queue {
		sleep(time.Until(one.due))
		if one.content == nil {
			one.to.finish()
			continue
		}
		w.note(time.Since(one.due))
		if _, err := one.to.Write(one.content); err != nil {
			one.to.Close()
		}
	}
}

// finish says to who reads that there is no more, and closes both ends once that has been said to both.
func (s *side) finish() {
	s.finished = true
	s.CloseWrite()
	if s.other.finished {
		s.Close()
		s.other.Close()
	}
}

func (w *way) note(late time.Duration) {
	w.lock.Lock()
	defer w.lock.Unlock()
	if err := w.late.RecordValue(min(max(late, 0), longest).Nanoseconds()); err != nil {
		panic(err) // unreachable: the value is in the histogram's range
	}
}

// lateness returns how late parcels were since it was last asked.
func (w *way) lateness() lateness {
	w.lock.Lock()
	defer w.lock.Unlock()
	defer w.late.Reset()
	seconds := func(percent float64) float64 { return time.Duration(w.late.ValueAtPercentile(percent)).Seconds() }
	return lateness{w.late.TotalCount(), seconds(50), seconds(99)}
}
