// Command recordpointers holds records as structures of their own, with a slice of pointers to them.
package main

import (
	"strconv"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

// Order is one record.
type Order struct {
	ID       int
	Quantity int
	Price    float64
	Name     string
}

const first = 1_000_000

func main() { report.Main(run) }

// run returns the sum of the quantities.
func run(in input, mark report.Mark) int {
	orders := make([]*Order, in.Count)
	for i := range orders {
		orders[i] = newOrder(first + i)
	}
	mark("held")
	total := 0
	for _, order := range orders {
		total += order.Quantity
	}
	return total
}

func newOrder(number int) *Order {
	return &Order{ID: number, Quantity: 1 + number%100, Price: float64(number) / 100, Name: "item-" + strconv.Itoa(number)}
}
