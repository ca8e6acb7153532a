// Command counttrees makes perfect binary trees of depth ten and less, and prints what is counted in them.
package main

import (
	"fmt"

	"go_examples/execution/binarytrees"
)

func main() {
	for _, number := range binarytrees.Run(binarytrees.Input{Depth: 10}) {
		fmt.Println(number)
	}
}
