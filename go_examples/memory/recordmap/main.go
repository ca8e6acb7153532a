// Command recordmap holds records as structures of their own in a map by their numbers, as a cache or an index has them.
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
	orders := make(map[int]*Order)
	var name []byte // one buffer for the names of all rows, as a database driver has it
	for number := first; number < first+in.Count; number++ {
		name = strconv.AppendInt(append(name[:0], "item-"...), int64(number), 10)
		orders[number] = newOrder(number, string(name))
	}
	mark("held")
	total := 0
	for _, order := range orders {
		total += order.Quantity
	}
	return total
}

func newOrder(number int, name string) *Order {
	return &Order{ID: number, Quantity: 1 + number%100, Price: float64(number) / 100, Name: name}
}
