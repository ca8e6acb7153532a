// Package stockcontrol simulates shops that order when their stock is low, day by day: a loop over whole numbers. The rule is that of
// bench/workloads/data/stock_control.py.
package stockcontrol

const (
	lot = 60
	low = 30
)

// Input holds the arguments that the catalog names.
type Input struct {
	Shops int `json:"shops"`
	Days  int `json:"days"`
}

// Run returns the number of orders, the lost demand and what is in stock at the end.
func Run(in Input) [3]int { return Simulate(0, in.Shops, in.Days) }

// Simulate returns the orders, the lost demand and the stock at the end of the shops from first to below end.
func Simulate(first, end, days int) [3]int {
	var orders, lost, left int
	for shop := first; shop < end; shop++ {
		state, stock, waiting := uint32(shop), lot, 0
		for range days {
			state = state*1_664_525 + 1_013_904_223
			if waiting > 0 {
				waiting--
				if waiting == 0 {
					stock += lot
				}
			}
			demand := int(state >> 28)
			if demand > stock {
				lost += demand - stock
				stock = 0
			} else {
				stock -= demand
			}
			if stock < low && waiting == 0 {
				orders++
				waiting = 1 + int(state>>24&3)
			}
		}
		left += stock
	}
	return [3]int{orders, lost, left}
}
