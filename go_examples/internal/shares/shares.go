// Package shares divides work on a row of items among all CPUs.
package shares

import (
	"runtime"
	"sync"
)

// Do calls work at once for as many parts of 0 to below count as there are CPUs: with its first item and its end.
func Do(count int, work func(first, end int)) {
	parts := runtime.GOMAXPROCS(0)
	var workers sync.WaitGroup
	for part := range parts {
		workers.Go(func() { work(count*part/parts, count*(part+1)/parts) })
	}
	workers.Wait()
}
