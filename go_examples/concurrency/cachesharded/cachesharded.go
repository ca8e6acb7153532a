// Package cachesharded has goroutines that share a map in parts, each of which has a read-write mutex of its own. The goroutines are
// started within the measured time, as nobody keeps them for later.
package cachesharded

import (
	"sync"

	"go_examples/internal/operations"
)

// part holds the values of some keys.
type part struct {
	lock   sync.RWMutex // guards values
	values map[int64]int64
	_      [32]byte // fills a line of the processor's caches: with two locks in it, who takes one would disturb the other
}

// cache holds values by key, in so many more parts than there are goroutines that two of them seldom want the same. Keys are drawn
// with all their bits, so that the last ones spread them.
type cache [32]part

func (c *cache) of(key int64) *part { return &c[uint64(key)%uint64(len(c))] }

func (c *cache) get(key int64) (int64, bool) {
	part := c.of(key)
	part.lock.RLock()
	value, ok := part.values[key]
	part.lock.RUnlock()
	return value, ok
}

func (c *cache) put(key, value int64) {
	part := c.of(key)
	part.lock.Lock()
	part.values[key] = value
	part.lock.Unlock()
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
	cache := new(cache)
	for i := range cache {
		cache[i].values = map[int64]int64{}
	}
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
