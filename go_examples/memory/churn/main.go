// Command churn fills a cache of fixed capacity, whose values differ in size, and turns it over again and again.
package main

import (
	"go_examples/internal/churn"
	"go_examples/internal/report"
)

func main() { report.Main(churn.Run) }
