// Package operations has operations on a cache that several workers share. The Python twin is
// bench/workloads/concurrency/cache_operations.py.
//
// All keys are present from the beginning, and a write stores again what the value of its key is, as a cache does that refreshes what
// it holds. So every read finds the same value, in whatever order the workers' turns fall.
package operations

import "go_examples/internal/integers"

// Input holds the arguments that the catalog names.
type Input struct {
	Workers    int    `json:"workers"`
	Operations []byte `json:"operations"`
}

// Operation reads a key, or writes it.
type Operation struct {
	Key   int64
	Write bool
}

// Load returns the value of a key, as the store behind the cache would.
func Load(key int64) int64 { return 1000 + key%1000 }

// Shares returns the operations of each worker: every n-th of the sequence, where n workers share it. A key that is written has all
// its bits inverted in the input.
func Shares(in Input) [][]Operation {
	shares := make([][]Operation, in.Workers)
	for i, number := range integers.Decode(in.Operations) {
		operation := Operation{Key: number}
		if number < 0 {
			operation = Operation{Key: ^number, Write: true}
		}
		worker := i % in.Workers
		shares[worker] = append(shares[worker], operation)
	}
	return shares
}

// Contents returns key and value of a cache that has been in use for long: every key of the operations is present.
func Contents(shares [][]Operation) map[int64]int64 {
	contents := map[int64]int64{}
	for _, share := range shares {
		for _, operation := range share {
			contents[operation.Key] = Load(operation.Key)
		}
	}
	return contents
}

// Found is how many reads have found a value, and the sum of what they found.
type Found [2]int

// Sum returns what all workers have found.
func Sum(each []Found) Found {
	var sum Found
	for _, found := range each {
		sum[0] += found[0]
		sum[1] += found[1]
	}
	return sum
}
