// Package emptyloop counts to a number and does nothing on the way, as the article's example does.
//
// Go's compiler keeps the loop: an increment, a comparison and a jump for each iteration.
package emptyloop

// Input holds the arguments that the catalog names.
type Input struct {
	Iterations int `json:"iterations"`
}

// Run returns the number of iterations.
func Run(in Input) int {
	for range in.Iterations {
	}
	return in.Iterations
}
