// Package lrucachenolock has a cache of fixed capacity that drops what was not asked for the longest, for one goroutine: without a
// lock.
package lrucachenolock

import "go_examples/internal/lru"

// cache holds values by key, loaded when they are missing.
type cache[K comparable, V any] struct {
	load   func(K) V
	values *lru.Cache[K, V]
}

func (c *cache[K, V]) get(key K) V {
	value, ok := c.values.Get(key)
	if !ok {
		value = c.load(key)
		c.values.Add(key, value)
	}
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
