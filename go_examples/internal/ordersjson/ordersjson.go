// Package ordersjson has what the programs that decode or encode documents of orders share, whatever their package for JSON.
package ordersjson

import (
	"encoding/json"

	"go_examples/internal/orders"
)

// MustDecode returns the decoded document.
func MustDecode(document []byte) *orders.Document {
	decoded := new(orders.Document)
	if err := json.Unmarshal(document, decoded); err != nil {
		panic(err)
	}
	return decoded
}

// Sample returns the number of orders, a number of the first and one of the last, which stand for the rest.
func Sample(document *orders.Document) [3]int {
	first, last := &document.Orders[0], &document.Orders[len(document.Orders)-1]
	return [3]int{len(document.Orders), first.Customer.ID, last.Items[len(last.Items)-1].Cents}
}
