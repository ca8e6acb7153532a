// Package runone starts one goroutine and waits for it: the sending of its result says that it is done.
package runone

// Input holds the arguments that the catalog names.
type Input struct {
	Number int `json:"number"`
}

func double(number int) int { return 2 * number }

// Run returns what the goroutine has computed.
func Run(in Input) int {
	answer := make(chan int)
	go func() { answer <- double(in.Number) }()
	return <-answer
}
