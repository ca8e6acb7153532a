// Package lrucache has a cache of fixed capacity that drops what was not asked for the longest: a map whose entries are also
// the links of a ring. It is written by hand, because container/list would put each entry into an interface and a second object.
package lrucache

import (
	"slices"

	"go_examples/internal/integers"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Keys     []byte `json:"keys"`
	Capacity int    `json:"capacity"`
}

// Prepared holds the keys in the order in which they are asked for.
type Prepared struct {
	Keys     []int64
	Capacity int
}

// cache holds values by key, loaded when they are missing.
type cache[K comparable, V any] struct {
	capacity     int
	load         func(K) V
	entries      map[K]*entry[K, V]
	root         entry[K, V] // closes the ring: next is the newest entry, previous the oldest
	hits, misses int
}

type entry[K comparable, V any] struct {
	key            K
	value          V
	next, previous *entry[K, V]
}

func newCache[K comparable, V any](capacity int, load func(K) V) *cache[K, V] {
	c := &cache[K, V]{capacity: capacity, load: load, entries: make(map[K]*entry[K, V], capacity)}
	c.root.next, c.root.previous = &c.root, &c.root
	return c
}

func (c *cache[K, V]) get(key K) V {
	if e, ok := c.entries[key]; ok {
		c.hits++
		e.unlink()
		c.link(e)
		return e.value
	}
	c.misses++
	var e *entry[K, V]
	if len(c.entries) < c.capacity {
		e = new(entry[K, V])
	} else {
		e = c.root.previous
		e.unlink()
		delete(c.entries, e.key)
	}
	e.key, e.value = key, c.load(key)
	c.link(e)
	c.entries[key] = e
	return e.value
}

// link puts an entry into the newest place.
func (c *cache[K, V]) link(e *entry[K, V]) {
	e.previous, e.next = &c.root, c.root.next
	e.next.previous = e
	c.root.next = e
}

func (e *entry[K, V]) unlink() {
	e.previous.next = e.next
	e.next.previous = e.previous
}

func load(key int64) int64 { return key % 1000 }

// Prepare returns the keys and the capacity. It panics at a negative key, whose rest differs between languages, and without capacity.
func Prepare(in Input) Prepared {
	keys := integers.Decode(in.Keys)
	if in.Capacity < 1 || slices.ContainsFunc(keys, func(key int64) bool { return key < 0 }) {
		panic("a cache without room, or a negative key")
	}
	return Prepared{keys, in.Capacity}
}

// Run returns the hits, the misses, and the sum of the values.
func Run(in Prepared) [3]int {
	values := newCache(in.Capacity, load)
	var total int64
	for _, key := range in.Keys {
		total += values.get(key)
	}
	return [3]int{values.hits, values.misses, int(total)}
}
