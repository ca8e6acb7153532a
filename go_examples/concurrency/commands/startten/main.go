// Command startten starts ten pieces of work, waits for all of them, fails with the first error, and prints the sum: an errgroup.
package main

import (
	"fmt"
	"log"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

func fetch(text string) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return strconv.Atoi(text)
}

func main() {
	var group errgroup.Group
	var numbers [10]int
	for n := range numbers {
		group.Go(func() (err error) {
			numbers[n], err = fetch(strconv.Itoa(n))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		log.Fatal(err)
	}
	sum := 0
	for _, number := range numbers {
		sum += number
	}
	fmt.Println(sum)
}
