// Package cacherwmutex has goroutines that share a map under a read-write mutex: readers get in together, a writer alone. The
// goroutines are started within the measured time, as nobody keeps them for later.
package cacherwmutex

import (
	"sync"

	"go_examples/internal/operations"
)

// cache holds values by key.
type cache struct {
	lock   sync.RWMutex // guards values
	values map[int64]int64
}

func (c *cache) get(key int64) (int64, bool) {
	c.lock.RLock()
	value, ok := c.values[key]
	c.lock.RUnlock()
	return value, ok
}

func (c *cache) put(key, value int64) {
	c.lock.Lock()
	c.values[key] = value
	c.lock.Unlock()
}

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
	return Prepared{&cache{values: operations.Contents(shares)}, shares}
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
