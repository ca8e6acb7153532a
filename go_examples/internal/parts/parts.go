// Package parts divides work on a row of items among all CPUs.
package parts

import (
	"runtime"
	"sync"
)

// Do calls work at once for as many parts of 0 to below count as there are CPUs: with its first item and its end.
func Do(count int, work func(first, end int)) {
	cpus := runtime.GOMAXPROCS(0)
	var workers sync.WaitGroup
	for part := range cpus {
		workers.Go(func() { work(count*part/cpus, count*(part+1)/cpus) })
	}
	workers.Wait()
}
