// Package lrucache has a cache of fixed capacity that drops what was not asked for the longest, for all goroutines of a process:
// with a mutex.
package lrucache

import (
	"sync"

	"go_examples/internal/lru"
)

// cache holds values by key, loaded when they are missing.
type cache[K comparable, V any] struct {
	load   func(K) V
	lock   sync.Mutex // guards what follows
	values *lru.Cache[K, V]
}

func (c *cache[K, V]) get(key K) V {
	c.lock.Lock()
	value, ok := c.values.Get(key)
	c.lock.Unlock()
	if ok {
		return value
	}
	value = c.load(key) // without the lock, as it may take long
	c.lock.Lock()
	c.values.Add(key, value)
	c.lock.Unlock()
	return value
}

// Prepare returns the requests.
func Prepare(in lru.Input) lru.Requests { return lru.Prepare(in) }

// Run returns the hits, the misses, and the sum of the values.
func Run(in lru.Requests) [3]int {
	values := lru.New[int64, int64](in.Capacity)
	loading := &cache[int64, int64]{load: lru.Load, values: values}
	var total int64
	for _, key := range in.Keys {
		total += loading.get(key)
	}
	return [3]int{values.Hits, values.Misses, int(total)}
}
