// Command starttenwaitgroup starts ten pieces of work, waits for all of them, fails with the first error, and prints the sum: a
// WaitGroup, and a lock for what the goroutines share.
package main

import (
	"fmt"
	"log"
	"strconv"
	"sync"
	"time"
)

func fetch(text string) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return strconv.Atoi(text)
}

func main() {
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		sum   int
		first error
	)
	for n := range 10 {
		group.Go(func() {
			number, err := fetch(strconv.Itoa(n))
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil && first == nil {
				first = err
			}
			sum += number
		})
	}
	group.Wait()
	if first != nil {
		log.Fatal(first)
	}
	fmt.Println(sum)
}
