// Package rollingmean takes the mean of each window of amounts: a loop that keeps a running sum.
package rollingmean

import "go_examples/internal/tables"

// Input holds the arguments that the catalog names.
type Input struct {
	Table  string `json:"table"`
	Window int    `json:"window"`
}

// Prepared holds the amounts.
type Prepared struct {
	amounts []float64
	window  int
}

// Prepare reads the amounts.
func Prepare(in Input) Prepared { return Prepared{tables.Amounts(in.Table), in.Window} }

// Run returns the smallest and the largest mean. All means are kept, as in the libraries' columns.
func Run(in Prepared) [2]float64 {
	sum := 0.0
	for _, amount := range in.amounts[:in.window] {
		sum += amount
	}
	means := make([]float64, 0, len(in.amounts)-in.window+1)
	means = append(means, sum/float64(in.window))
	for i := in.window; i < len(in.amounts); i++ {
		sum += in.amounts[i] - in.amounts[i-in.window]
		means = append(means, sum/float64(in.window))
	}
	extremes := [2]float64{means[0], means[0]}
	for _, mean := range means {
		extremes[0], extremes[1] = min(extremes[0], mean), max(extremes[1], mean)
	}
	return extremes
}
