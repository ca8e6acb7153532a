// Package stockcontrol simulates shops that order when their stock is low, day by day: a loop over whole numbers.
package stockcontrol

import "go_examples/internal/shops"

// Input holds the arguments that the catalog names.
type Input struct {
	Shops int `json:"shops"`
	Days  int `json:"days"`
}

// Run returns the number of orders, the lost demand and what is in stock at the end.
func Run(in Input) [3]int { return shops.Simulate(0, in.Shops, in.Days) }
