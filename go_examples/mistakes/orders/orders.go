// Package orders is a small service, into which mistakes are put to see who catches them; bench/workloads/mistakes is the same in
// Python.
package orders

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

const maxItems = 50

// discounts says from how many cents on how many percent are taken off; the largest first.
var discounts = []struct{ atLeast, percent int }{{50_000, 10}, {10_000, 5}}

// ErrInvalid is what was sent and is not an order.
var ErrInvalid = errors.New("not an order")

// Item is so many pieces of one article.
type Item struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Cents    int    `json:"cents"`
}

// Order is what a customer ordered.
type Order struct {
	Number   int     `json:"-"`
	Customer string  `json:"customer"`
	Status   string  `json:"-"`
	Note     *string `json:"note"`
	Items    []Item  `json:"items"`
}

// Parse returns the order that a request holds; the error is ErrInvalid.
func Parse(body []byte) (*Order, error) {
	order := &Order{Status: "new"}
	if err := json.Unmarshal(body, order); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	customer := strings.TrimSpace(order.Customer)
	order.Customer = customer
	if err := check(order); err != nil {
		return nil, err
	}
	return order, nil
}

// check returns ErrInvalid where an order cannot be accepted.
func check(order *Order) error {
	if order.Customer == "" {
		return fmt.Errorf("%w: no customer", ErrInvalid)
	}
	if len(order.Items) < 1 || len(order.Items) > maxItems {
		return fmt.Errorf("%w: too few items, or too many", ErrInvalid)
	}
	for _, item := range order.Items {
		if item.SKU == "" || item.Quantity < 1 || item.Cents < 0 {
			return fmt.Errorf("%w: an item without a name, a quantity or a price", ErrInvalid)
		}
	}
	return nil
}

// discount returns how many cents are taken off.
func discount(cents int) int {
	for _, step := range discounts {
		if cents >= step.atLeast {
			return cents * step.percent / 100
		}
	}
	return 0
}

// Total returns what an order costs, in cents.
func Total(order *Order) int {
	cents := 0
	for _, item := range order.Items {
		cents += item.Quantity * item.Cents
	}
	off := discount(cents)
	return cents - off
}

// Pieces returns how many pieces are packed.
func Pieces(order *Order) int {
	count := 0
	for _, item := range order.Items {
		count += item.Quantity
	}
	return count
}

// Dearest returns the item with the highest price for a piece, the first of several; nil where there is no item.
func Dearest(order *Order) *Item {
	var highest *Item
	for i := range order.Items {
		if item := &order.Items[i]; highest == nil || item.Cents > highest.Cents {
			highest = item
		}
	}
	return highest
}

// Insured returns the article that the parcel is insured for; "nothing" where there is no item.
func Insured(order *Order) string {
	item := Dearest(order)
	if item == nil {
		return "nothing"
	}
	return item.SKU
}

// Label returns what is printed on the parcel: the customer, and the note where there is one.
func Label(order *Order) string {
	if order.Note == nil {
		return order.Customer
	}
	return fmt.Sprintf("%s (%s)", order.Customer, strings.TrimSpace(*order.Note))
}

// Pages returns how many pages of so many orders there are.
func Pages(count, size int) int {
	return (count + size - 1) / size
}
