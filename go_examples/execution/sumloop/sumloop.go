// Package sumloop adds up the whole numbers below n.
//
// Every number is added: Go's compiler neither replaces the loop by the closed formula nor uses vector instructions.
package sumloop

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Run returns the sum.
func Run(in Input) int {
	total := 0
	for number := range in.N {
		total += number
	}
	return total
}
