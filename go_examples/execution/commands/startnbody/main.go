// Command startnbody moves five bodies on by a thousand steps, and prints the energy before and after.
package main

import (
	"fmt"

	"go_examples/execution/nbody"
)

func main() {
	for _, energy := range nbody.Run(nbody.Input{Steps: 1000}) {
		fmt.Printf("%.9f\n", energy)
	}
}
