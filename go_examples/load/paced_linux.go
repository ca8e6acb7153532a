package main

import (
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"go_examples/load/endpoints"
)

// paced makes an open loop by a client: goroutines in place of connections, so that requests are sent up to a millisecond late. It is
// for what a request costs the server at a rate that is far from saturation.
func paced(plan *phase, calls func() int64) (figures, error) {
	asking, err := newClient(plan, plan.Connections, patience)
	if err != nil {
		return figures{}, err
	}
	defer asking.close()
	before := calls()
	l := &pacing{plan: plan, answered: newTimes(), lag: newTimes(), start: time.Now()}
	total := int(math.Ceil(plan.end().Seconds() * plan.Rate))
	waiting := make(chan int, total)
	var workers sync.WaitGroup
	for range plan.Connections {
		workers.Go(func() {
			for request := range waiting {
				l.send(asking, request)
			}
		})
	}
	var cpu [2]time.Duration
	for request, marked := 0, false; request < total; request++ {
		planned := l.plannedFor(request)
		if !marked && planned >= plan.warmUp() {
			time.Sleep(plan.warmUp() - l.now())
			cpu[0], marked = spent(), true
		}
		time.Sleep(planned - l.now())
		waiting <- request
	}
	close(waiting)
	time.Sleep(plan.end() - l.now())
	cpu[1] = spent()
	workers.Wait()
	metrics := l.figures(total)
	metrics.CPU = (cpu[1] - cpu[0]).Seconds()
	metrics.UpstreamCalls = calls() - before
	metrics.Handshakes = int(asking.handshakes.Load())
	if metrics.Opened = int(asking.opened.Load()); plan.Transport == transportHandshake {
		metrics.Opened -= total // what is more than one for each request
	}
	return metrics, nil
}

// pacing is an open loop that is made by a client.
type pacing struct {
	plan  *phase
	start time.Time

	mutex     sync.Mutex
	answered  times
	lag       times
	within    int
	validated int
	errors    int
	first     string
	learned   int
}

func (l *pacing) now() time.Duration { return time.Since(l.start) }

func (l *pacing) plannedFor(request int) time.Duration {
	return seconds(float64(request) / l.plan.Rate)
}

func (l *pacing) measured(at time.Duration) bool { return l.plan.warmUp() <= at && at < l.plan.end() }

// send sends a request, waits for its answer, judges and records it.
func (l *pacing) send(asking *client, request int) {
	sequence, planned, sent := uint64(request), l.plannedFor(request), l.now()
	response, body, err := asking.ask(l.plan.endpoint.AppendRequest(nil, l.plan.Target, l.plan.Seed, sequence))
	now := l.now()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.measured(planned) {
		l.lag.add(sent - planned)
	}
	if err == nil {
		err = l.judge(response, body, sequence)
	}
	if err != nil {
		l.errors++
		if l.first == "" {
			l.first = fmt.Sprintf("%s: %v", l.plan.endpoint.Title(l.plan.Seed, sequence), err)
		}
		return
	}
	if l.measured(now) {
		l.within++
	}
	if l.measured(planned) {
		l.answered.add(now - planned)
	}
}

func (l *pacing) judge(response *http.Response, body []byte, sequence uint64) error {
	if endpoints.Scattered(sequence)%sampled == 0 || sequence == 0 {
		l.validated++
		if err := l.plan.endpoint.Validate(response, body, l.plan.Seed, sequence); err != nil {
			return err
		}
		if l.learned == 0 {
			l.learned = len(body)
		}
	}
	return l.plan.plausible(nil, sequence, response.StatusCode, len(body), l.learned)
}

func (l *pacing) figures(sent int) figures {
	lag := l.lag.percentile(99)
	return figures{
		Requests:   l.answered.count(),
		Seconds:    l.plan.Seconds,
		Rate:       float64(l.within) / l.plan.Seconds,
		Offered:    l.plan.Rate,
		Mean:       l.answered.mean(),
		P50:        l.answered.percentile(50),
		P90:        l.answered.percentile(90),
		P99:        l.answered.percentile(99),
		P999:       l.answered.percentile(99.9),
		Max:        l.answered.max(),
		LagP99:     &lag,
		Errors:     l.errors,
		FirstError: l.first,
		Validated:  l.validated,
		Sent:       sent,
	}
}

// plausible returns what is wrong with the status and the length of an answer; learned is the length of one that was right, if any.
func (p *phase) plausible(scratch []byte, sequence uint64, status, length, learned int) error {
	if status != http.StatusOK {
		return fmt.Errorf("answered with status %d: want 200", status)
	}
	least, most := p.endpoint.Length(scratch, p.Seed, sequence)
	if most == 0 && learned > 0 {
		least, most = learned, learned
	}
	if length < least || most > 0 && length > most {
		return fmt.Errorf("answered wrong: want %d bytes, got %d", least, length)
	}
	return nil
}
