// Package cachesyncmap has goroutines that share a sync.Map, whose readers take no lock. The goroutines are started within the
// measured time, as nobody keeps them for later.
package cachesyncmap

import (
	"sync"

	"go_examples/internal/operations"
)

// cache holds values by key, both of them int64.
type cache struct {
	values sync.Map
}

func (c *cache) get(key int64) (int64, bool) {
	value, ok := c.values.Load(key)
	if !ok {
		return 0, false
	}
	return value.(int64), true
}

func (c *cache) put(key, value int64) { c.values.Store(key, value) }

func (c *cache) serve(share []operations.Operation) operations.Found {
	hits, total := 0, int64(0)
	for _, operation := range share {
		if operation.Write {
			c.put(operation.Key, operations.Load(operation.Key))
		} else if value, ok := c.get(operation.Key); ok {
			hits++
			total += value
		}
	}
	return operations.Found{hits, int(total)}
}

// Prepared holds a cache in use, and each worker's operations on it.
type Prepared struct {
	cache  *cache
	shares [][]operations.Operation
}

// Prepare fills the cache and shares the operations out.
func Prepare(in operations.Input) Prepared {
	shares := operations.Shares(in)
	cache := new(cache)
	for key, value := range operations.Contents(shares) {
		cache.put(key, value)
	}
	return Prepared{cache, shares}
}

// Run returns how many reads have found a value, and the sum of what they found.
func Run(prepared Prepared) operations.Found {
	each := make([]operations.Found, len(prepared.shares))
	var workers sync.WaitGroup
	for worker, share := range prepared.shares {
		workers.Go(func() { each[worker] = prepared.cache.serve(share) })
	}
	workers.Wait()
	return operations.Sum(each)
}
