// Package lru has a cache of fixed capacity that drops what was not asked for the longest, and the requests to it of the programs
// that measure one.
package lru

import (
	"slices"

	"go_examples/internal/integers"
)

// Cache holds values by key: a map whose entries are also the links of a ring. It is written by hand, because container/list would
// put each entry into an interface and a second object. It may be used by one goroutine at a time.
type Cache[K comparable, V any] struct {
	Hits, Misses int
	capacity     int
	entries      map[K]*entry[K, V]
	root         entry[K, V] // closes the ring: next is the newest entry, previous the oldest
}

type entry[K comparable, V any] struct {
	key            K
	value          V
	next, previous *entry[K, V]
}

// New returns an empty cache.
func New[K comparable, V any](capacity int) *Cache[K, V] {
	c := &Cache[K, V]{capacity: capacity, entries: make(map[K]*entry[K, V], capacity)}
	c.root.next, c.root.previous = &c.root, &c.root
	return c
}

// Get returns the value of a key, which becomes the newest, and whether it is present.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	e, ok := c.entries[key]
	if !ok {
		c.Misses++
		return value, false
	}
	c.Hits++
	e.unlink()
	c.link(e)
	return e.value, true
}

// Add puts a value into the newest place, and drops the oldest where there is no room. One that is present stays as it is:
// somebody else has loaded it since it was missing.
func (c *Cache[K, V]) Add(key K, value V) {
	if _, ok := c.entries[key]; ok {
		return
	}
	var e *entry[K, V]
	if len(c.entries) < c.capacity {
		e = new(entry[K, V])
	} else {
		e = c.root.previous
		e.unlink()
		delete(c.entries, e.key)
	}
	e.key, e.value = key, value
	c.link(e)
	c.entries[key] = e
}

// link puts an entry into the newest place.
func (c *Cache[K, V]) link(e *entry[K, V]) {
	e.previous, e.next = &c.root, c.root.next
	e.next.previous = e
	c.root.next = e
}

func (e *entry[K, V]) unlink() {
	e.previous.next = e.next
	e.next.previous = e.previous
}

// Input holds the arguments that the catalog names.
type Input struct {
	Keys     []byte `json:"keys"`
	Capacity int    `json:"capacity"`
}

// Requests holds the keys in the order in which they are asked for.
type Requests struct {
	Keys     []int64
	Capacity int
}

// Prepare returns the requests. It panics at a negative key, whose remainder differs between languages, and without capacity.
func Prepare(in Input) Requests {
	keys := integers.Decode(in.Keys)
	if in.Capacity < 1 || slices.ContainsFunc(keys, func(key int64) bool { return key < 0 }) {
		panic("a cache without room, or a negative key")
	}
	return Requests{keys, in.Capacity}
}

// Load returns the value of a key that is missing.
func Load(key int64) int64 { return key % 1000 }
