// Package orders says what a valid document of orders is. The Python twin is bench/workloads/execution/orders.py; the rule is one.
//
// Decoding into these types checks the type of each field. A missing field decodes to its zero value, which Validate refuses.
package orders

import (
	"errors"
	"fmt"
)

const (
	mostID        = 1<<53 - 1 // the largest whole number that every reader of JSON takes as it is (RFC 8259, section 6)
	mostQuantity  = 999
	mostCents     = 10_000_000
	mostKilograms = 1000
)

// Document is what a client sends.
type Document struct {
	Orders []Order `json:"orders"`
}

// Order is one order of a Document.
type Order struct {
	ID       string   `json:"id"`
	Created  string   `json:"created"`
	Status   string   `json:"status"`
	Customer Customer `json:"customer"`
	Currency string   `json:"currency"`
	Note     *string  `json:"note"`
	Items    []Item   `json:"items"`
}

// Customer is who ordered.
type Customer struct {
	ID      int     `json:"id"`
	Name    string  `json:"name"`
	Email   string  `json:"email"`
	Address Address `json:"address"`
}

// Address is where the parcel goes.
type Address struct {
	Street   string `json:"street"`
	City     string `json:"city"`
	Postcode string `json:"postcode"`
}

// Item is one line of an Order.
type Item struct {
	SKU       string  `json:"sku"`
	Name      string  `json:"name"`
	Quantity  int     `json:"quantity"`
	Cents     int     `json:"cents"`
	Kilograms float64 `json:"kilograms"`
}

// Validate returns an error unless each field has a value in its range.
func (d *Document) Validate() error {
	if d.Orders == nil {
		return errors.New("orders: not a list")
	}
	for i := range d.Orders {
		if err := d.Orders[i].validate(); err != nil {
			return fmt.Errorf("order %d: %w", i, err)
		}
	}
	return nil
}

func (o *Order) validate() error {
	if o.ID == "" || o.Created == "" || o.Currency == "" {
		return errors.New("id, created, currency: not texts with characters")
	}
	switch o.Status {
	case "pending", "paid", "shipped":
	default:
		return errors.New("status: unknown")
	}
	customer := &o.Customer
	if customer.Name == "" || customer.Email == "" {
		return errors.New("customer: name, email: not texts with characters")
	}
	if customer.ID < 1 || customer.ID > mostID {
		return errors.New("customer: id: not a number in its range")
	}
	if customer.Address.Street == "" || customer.Address.City == "" || customer.Address.Postcode == "" {
		return errors.New("address: not texts with characters")
	}
	if len(o.Items) == 0 {
		return errors.New("items: not a list with entries")
	}
	for i := range o.Items {
		item := &o.Items[i]
		if item.SKU == "" || item.Name == "" {
			return errors.New("item: sku, name: not texts with characters")
		}
		if item.Quantity < 1 || item.Quantity > mostQuantity || item.Cents < 1 || item.Cents > mostCents {
			return errors.New("item: quantity, cents: not numbers in their ranges")
		}
		if item.Kilograms <= 0 || item.Kilograms >= mostKilograms {
			return errors.New("item: kilograms: not a number in its range")
		}
	}
	return nil
}
