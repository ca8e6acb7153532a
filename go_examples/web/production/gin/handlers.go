package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
)

type order struct {
	Customer string `json:"customer" binding:"required,max=100"`
	Email    string `json:"email" binding:"required,address"`
	Quantity int    `json:"quantity" binding:"min=1,max=1000"`
	Price    int    `json:"price" binding:"min=0,max=1000000"`
}

type receipt struct {
	Customer string `json:"customer"`
	Total    int    `json:"total"`
}

func placeOrder(c *gin.Context) {
	order := order{Price: -1} // for 0 is a price, but not one that is missing
	err := c.ShouldBindJSON(&order)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); mistyped { // what is mistyped is missing
		err = cmp.Or(binding.Validator.ValidateStruct(order), err)
	}
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": explain(err)})
		return
	}
	c.JSON(http.StatusOK, receipt{order.Customer, order.Quantity * order.Price})
}

// explain says of each field that breaks a rule what the rule is.
func explain(err error) any {
	fields, ok := errors.AsType[validator.ValidationErrors](err)
	if !ok {
		return err.Error()
	}
	wrong := gin.H{}
	for _, field := range fields {
		wrong[field.Field()] = strings.TrimSpace(field.Tag() + " " + field.Param())
	}
	return wrong
}
