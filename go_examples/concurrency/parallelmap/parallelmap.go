// Package parallelmap computes digests of large texts in goroutines: a worker gets the place of a text, and nothing is copied.
package parallelmap

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Workers int `json:"workers"`
	Count   int `json:"count"`
	Size    int `json:"size"`
}

// Prepared holds the number of workers and the texts.
type Prepared struct {
	workers int
	texts   [][]byte
}

// Prepare returns the texts: the first is all a, the second all b.
func Prepare(in Input) Prepared {
	texts := make([][]byte, in.Count)
	for number := range texts {
		texts[number] = bytes.Repeat([]byte{'a' + byte(number)}, in.Size)
	}
	return Prepared{in.Workers, texts}
}

// Run returns the digest of each text.
func Run(prepared Prepared) []string {
	numbers := make(chan int)
	digests := make([]string, len(prepared.texts))
	var workers sync.WaitGroup
	for range prepared.workers {
		workers.Go(func() {
			for number := range numbers {
				digest := sha256.Sum256(prepared.texts[number])
				digests[number] = hex.EncodeToString(digest[:])
			}
		})
	}
	for number := range prepared.texts {
		numbers <- number
	}
	close(numbers)
	workers.Wait()
	return digests
}
