// Package quantiles takes quantiles of numbers that are in order.
package quantiles

// Of returns the quantile, between two numbers where none has the rank. It panics without any number.
func Of(ordered []float64, share float64) float64 {
	rank := share * float64(len(ordered)-1)
	below := int(rank)
	if below == len(ordered)-1 {
		return ordered[below]
	}
	return ordered[below] + (rank-float64(below))*(ordered[below+1]-ordered[below])
}
