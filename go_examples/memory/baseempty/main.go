// Command baseempty does nothing: what is measured is Go's runtime and what is linked into the binary.
package main

import "go_examples/internal/report"

func main() { report.Main(run) }

func run(_ struct{}, mark report.Mark) int {
	mark("held")
	return 0
}
