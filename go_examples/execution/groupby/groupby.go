// Package groupby groups sales by customer: how many, and their sum.
package groupby

import (
	"math"

	"go_examples/internal/sales"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Rows []byte `json:"rows"`
}

// total is what one customer bought.
type total struct {
	count, cents int
}

// Prepare returns the sales.
func Prepare(in Input) []sales.Sale { return sales.Decode(in.Rows) }

// Run returns the number of customers, the sum of count times cents over them, and the most cents of one. It panics without any.
func Run(rows []sales.Sale) [3]int {
	totals := make(map[string]*total)
	for _, sale := range rows {
		group := totals[sale.Customer]
		if group == nil {
			group = &total{}
			totals[sale.Customer] = group
		}
		group.count++
		group.cents += sale.Cents
	}
	if len(totals) == 0 {
		panic("no sales, so nobody has the most")
	}
	products, most := 0, math.MinInt
	for _, group := range totals {
		products += group.count * group.cents
		most = max(most, group.cents)
	}
	return [3]int{len(totals), products, most}
}
