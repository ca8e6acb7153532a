// Package churn fills a cache of fixed capacity, whose values differ in size, and turns it over again and again.
package churn

import (
	"bytes"
	"strconv"

	"go_examples/internal/draws"
	"go_examples/internal/report"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Capacity int `report:"capacity"`
	Turns    int `report:"turns"`
}

const (
	shortest = 50 // bytes of a value; the longest is as long as the source
	longest  = 2000
	modulus  = 1_000_000_007
)

// cache drops what was not asked for the longest: a map whose entries are also the links of a ring.
type cache struct {
	capacity int
	source   []byte
	entries  map[int]*entry
	root     entry // closes the ring: next is the newest entry, previous the oldest
	misses   int
	evicted  int
}

type entry struct {
	key            int
	value          []byte
	next, previous *entry
}

func newCache(capacity int) *cache {
	c := &cache{capacity: capacity, source: make([]byte, longest), entries: make(map[int]*entry)}
	for i := range c.source {
		c.source[i] = byte(i % 250)
	}
	c.root.next, c.root.previous = &c.root, &c.root
	return c
}

// get returns the value of a key; if it is missing, it is loaded with that size.
func (c *cache) get(key, size int) []byte {
	if e, ok := c.entries[key]; ok {
		e.unlink()
		c.link(e)
		return e.value
	}
	c.misses++
	if len(c.entries) == c.capacity {
		oldest := c.root.previous
		oldest.unlink()
		delete(c.entries, oldest.key)
		c.evicted = (31*c.evicted + len(oldest.value)) % modulus
	}
	e := &entry{key: key, value: bytes.Clone(c.source[:size])}
	c.link(e)
	c.entries[key] = e
	return e.value
}

// link puts an entry into the newest place.
func (c *cache) link(e *entry) {
	e.previous, e.next = &c.root, c.root.next
	e.next.previous = e
	c.root.next = e
}

func (e *entry) unlink() {
	e.previous.next = e.next
	e.next.previous = e.previous
}

// Run returns a number made of the sizes of all values that were evicted, and then of those that remain.
func Run(in Input, mark report.Mark) int {
	c := newCache(in.Capacity)
	state := uint32(1)
	for turn := range in.Turns + 1 {
		for c.misses < in.Capacity*(turn+1) {
			state = draws.Following(state)
			key := int(state>>8) % (2 * in.Capacity)
			state = draws.Following(state)
			c.get(key, shortest+int(state>>8)%(longest-shortest+1))
		}
		if turn == 0 {
			mark("filled")
		} else if turn&(turn-1) == 0 {
			mark("turn" + strconv.Itoa(turn))
		}
	}
	answer := c.evicted
	for e := c.root.previous; e != &c.root; e = e.previous {
		answer = (31*answer + len(e.value)) % modulus
	}
	return answer
}
