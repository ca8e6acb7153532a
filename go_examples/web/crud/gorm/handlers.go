package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"gorm.io/gorm"
)

type order struct {
	Customer string `json:"customer" binding:"required,max=100"`
	Email    string `json:"email" binding:"required,address"`
	Quantity int    `json:"quantity" binding:"min=1,max=1000"`
	Price    int    `json:"price" binding:"min=0,max=1000000"`
}

// Purchase is a row that is read, listed, inserted and updated. GORM would look for it in a table of the plural's name.
type Purchase struct {
	ID       int    `json:"id" gorm:"primaryKey"`
	Customer string `json:"customer"`
	Email    string `json:"email"`
	Quantity int    `json:"quantity"`
	Price    int    `json:"price"`
}

func (Purchase) TableName() string { return "purchase" }

// Counter says how often the purchase of its id was updated.
type Counter struct {
	ID   int `gorm:"primaryKey"`
	Hits int
}

func (Counter) TableName() string { return "counter" }

const listed = 100

func (s *server) plaintext(c *gin.Context) {
	c.String(http.StatusOK, "Hello, World!")
}

func (s *server) read(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	var found Purchase
	err = s.db.WithContext(c.Request.Context()).Take(&found, id).Error
	answer(c, found, err)
}

func (s *server) list(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	var found []Purchase
	err = s.db.WithContext(c.Request.Context()).Where("id >= ?", first).Order("id").Limit(listed).Find(&found).Error
	answer(c, found, err)
}

func (s *server) insert(c *gin.Context) {
	order, valid := decode(c)
	if !valid {
		return
	}
	stored := Purchase{0, order.Customer, order.Email, order.Quantity, order.Price}
	err := s.db.WithContext(c.Request.Context()).Create(&stored).Error
	answer(c, stored, err)
}

// --8<-- [start:crud-update]
func (s *server) update(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	order, valid := decode(c)
	if !valid {
		return
	}
	changed := Purchase{int(id), order.Customer, order.Email, order.Quantity, order.Price}
	err = s.db.WithContext(c.Request.Context()).Transaction(func(tx *gorm.DB) error {
		// selected by name, since a field that is 0 would be left out
		updated := tx.Model(&Purchase{}).Where("id = ?", id).Select("customer", "email", "quantity", "price").Updates(changed)
		if updated.Error != nil {
			return updated.Error
		}
		if updated.RowsAffected == 0 {
			return gorm.ErrRecordNotFound
		}
		return tx.Model(&Counter{}).Where("id = ?", id).Update("hits", gorm.Expr("hits + 1")).Error
	})
	answer(c, changed, err)
}

// --8<-- [end:crud-update]

// decode reads an order; where it breaks a rule, it answers so.
func decode(c *gin.Context) (order, bool) {
	order := order{Price: -1} // for 0 is a price, but not one that is missing
	err := c.ShouldBindJSON(&order)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); mistyped { // what is mistyped is missing
		err = cmp.Or(binding.Validator.ValidateStruct(order), err)
	}
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": explain(err)})
	}
	return order, err == nil
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

// answer sends what the database has answered; an error says that there is no such row, or that the server is at fault.
func answer(c *gin.Context, value any, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		c.JSON(http.StatusNotFound, gin.H{"error": "no such purchase"})
	case err != nil:
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
	default:
		c.JSON(http.StatusOK, value)
	}
}
