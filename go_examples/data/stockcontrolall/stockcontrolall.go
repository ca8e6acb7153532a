// Package stockcontrolall simulates shops that order when their stock is low, day by day: a goroutine for each CPU has a part
// of the shops. They are started within the measured time, as nobody keeps goroutines for later.
package stockcontrolall

import (
	"sync/atomic"

	"go_examples/data/stockcontrol"
	"go_examples/internal/parts"
)

// Input holds the arguments that the catalog names.
type Input = stockcontrol.Input

// Run returns the number of orders, the lost demand and what is in stock at the end.
func Run(in Input) [3]int {
	var totals [3]atomic.Int64
	parts.Do(in.Shops, func(first, end int) {
		for i, number := range stockcontrol.Simulate(first, end, in.Days) {
			totals[i].Add(int64(number))
		}
	})
	return [3]int{int(totals[0].Load()), int(totals[1].Load()), int(totals[2].Load())}
}
