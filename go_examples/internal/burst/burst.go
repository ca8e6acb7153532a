// Package burst holds many orders at once, then drops all but a few, and goes on with light traffic.
package burst

import (
	"strconv"
	"time"

	"go_examples/internal/report"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Orders   int `report:"orders"`
	Keep     int `report:"keep"`
	Requests int `report:"requests"`
	Size     int `report:"size"`
}

// order is what a service knows of an order while it handles it.
type order struct {
	number   int
	customer string
	cents    int
}

// list makes orders that each have a place of their own in memory, as they have where requests bring them one by one.
func list(count int) []*order {
	made := make([]*order, count)
	for number := range made {
		made[number] = &order{number: number, customer: "customer number " + strconv.Itoa(number), cents: 1000 + number}
	}
	return made
}

func cents(orders []*order) int {
	total := 0
	for _, o := range orders {
		total += o.cents
	}
	return total
}

// Run returns the cents of all orders, of those of the burst that stay, and of those of the requests that follow. It calls
// dropped when the burst is over.
func Run(in Input, mark report.Mark, dropped func()) int {
	mark("before")
	held := list(in.Orders)
	mark("burst")
	total := cents(held)
	kept := make([]*order, 0, in.Keep)
	if in.Keep > 0 {
		for i := 0; i < len(held); i += in.Orders / in.Keep {
			kept = append(kept, held[i])
		}
	}
	held = nil
	dropped()
	mark("after")
	for range in.Requests {
		total += cents(list(in.Size))
		time.Sleep(time.Millisecond)
	}
	mark("later")
	return total + cents(kept)
}
