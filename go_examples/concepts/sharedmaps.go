package concepts

import "sync"

// Totals is what was sold of each item, in cents, added up by goroutines.
type Totals struct {
	adding sync.Mutex
	cents  map[string]int
}

// NewTotals has a map: that of a zero value is nil, and to write to it panics.
func NewTotals() *Totals {
	return &Totals{cents: make(map[string]int)}
}

// MistakenAdd loses what another goroutine adds between its reading and its writing. Two that write at the same moment are a race,
// which ends the process where the runtime notices.
func (t *Totals) MistakenAdd(item string, price func() int) {
	before := t.cents[item]
	t.cents[item] = before + price()
}

// Add reads and writes under the lock.
func (t *Totals) Add(item string, price func() int) {
	cents := price()
	t.adding.Lock()
	defer t.adding.Unlock()
	t.cents[item] += cents
}
