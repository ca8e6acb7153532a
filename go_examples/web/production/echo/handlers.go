package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/labstack/echo/v5"
)

type order struct {
	Customer string `json:"customer" validate:"required,max=100"`
	Email    string `json:"email" validate:"required,address"`
	Quantity int    `json:"quantity" validate:"min=1,max=1000"`
	Price    int    `json:"price" validate:"min=0,max=1000000"`
}

type receipt struct {
	Customer string `json:"customer"`
	Total    int    `json:"total"`
}

func placeOrder(c *echo.Context) error {
	order := order{Price: -1} // for 0 is a price, but not one that is missing
	err := c.Bind(&order)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); err == nil || mistyped { // what is mistyped is missing
		err = cmp.Or(c.Validate(order), err)
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, receipt{order.Customer, order.Quantity * order.Price})
}

// rules is what Echo validates with: the rules of go-playground's validator.
type rules struct {
	validate *validator.Validate
}

// Validate returns an error that says of each field that breaks a rule what the rule is.
func (r rules) Validate(value any) error {
	err := r.validate.Struct(value)
	fields, ok := errors.AsType[validator.ValidationErrors](err)
	if !ok {
		return err
	}
	wrong := make([]string, len(fields))
	for i, field := range fields {
		wrong[i] = fmt.Sprintf("%s must keep the rule %q", field.Field(), strings.TrimSpace(field.Tag()+" "+field.Param()))
	}
	return echo.NewHTTPError(http.StatusBadRequest, strings.Join(wrong, ", "))
}

// fail answers an error; one of the server's own it also says on standard error.
func fail(c *echo.Context, err error) {
	if echo.StatusCode(err) == 0 {
		c.Logger().Error("request failed", "method", c.Request().Method, "path", c.Request().URL.Path, "error", err)
	}
	echo.DefaultHTTPErrorHandler(false)(c, err)
}
