// Package submissions says what a valid order is, with the rules of the library validator, and counts what offends against them,
// whatever package decodes the orders.
//
// The rule for both languages: types are taken as they are (a text is no number), other keys are ignored, lengths are counted in
// characters, and an e-mail address is what one regular expression says, as the two libraries' own rules for it differ.
package submissions

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/go-playground/validator/v10"
)

// Order is what a client sends. A pointer tells a part that is missing from one that is empty.
type Order struct {
	ID       string    `json:"id" validate:"len=16"`
	Created  time.Time `json:"created" validate:"required"`
	Status   string    `json:"status" validate:"oneof=pending paid shipped"`
	Customer *Customer `json:"customer" validate:"required"`
	Currency string    `json:"currency" validate:"oneof=EUR GBP CHF"`
	Note     *string   `json:"note" validate:"omitnil,max=200"`
	Items    []Item    `json:"items" validate:"min=1,max=50,dive"`
}

// Customer is who ordered.
type Customer struct {
	ID      int      `json:"id" validate:"gte=1,lte=9007199254740991"`
	Name    string   `json:"name" validate:"min=1,max=100"`
	Email   string   `json:"email" validate:"max=254,mailbox"`
	Address *Address `json:"address" validate:"required"`
}

// Address is where the parcel goes.
type Address struct {
	Street   string `json:"street" validate:"min=1,max=100"`
	City     string `json:"city" validate:"min=1,max=100"`
	Postcode string `json:"postcode" validate:"min=4,max=10"`
}

// Item is one line of an Order.
type Item struct {
	SKU       string  `json:"sku" validate:"len=8"`
	Name      string  `json:"name" validate:"min=1,max=100"`
	Quantity  int     `json:"quantity" validate:"gte=1,lte=999"`
	Cents     int     `json:"cents" validate:"gte=1,lte=10000000"`
	Kilograms float64 `json:"kilograms" validate:"gt=0,lt=1000"`
}

var (
	email    = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
	validate = newValidator()
)

func newValidator() *validator.Validate {
	checks := validator.New(validator.WithRequiredStructEnabled())
	err := checks.RegisterValidation("mailbox", func(field validator.FieldLevel) bool {
		return email.MatchString(field.Field().String())
	})
	if err != nil {
		panic(err)
	}
	return checks
}

// Split returns the bodies one by one.
func Split(bodies []byte) [][]byte { return slices.Collect(bytes.Lines(bodies)) }

// Review returns how many fields of each body offend, then the sum of the first price of each valid one.
func Review(bodies [][]byte, unmarshal func([]byte, *Order) error) []int {
	answer := make([]int, 0, len(bodies)+1)
	total := 0
	for _, body := range bodies {
		order := new(Order)
		err := unmarshal(body, order)
		if err == nil {
			err = validate.Struct(order)
		}
		answer = append(answer, offending(err))
		if err == nil {
			total += order.Items[0].Cents
		}
	}
	return append(answer, total)
}

// offending returns how many fields an error is about. The decoder's is about the first that it cannot decode.
func offending(err error) int {
	var fields validator.ValidationErrors
	switch {
	case err == nil:
		return 0
	case errors.As(err, &fields):
		return len(fields)
	default:
		return 1
	}
}
