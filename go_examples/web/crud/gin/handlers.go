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
	"github.com/jackc/pgx/v5"
)

type order struct {
	Customer string `json:"customer" binding:"required,max=100"`
	Email    string `json:"email" binding:"required,address"`
	Quantity int    `json:"quantity" binding:"min=1,max=1000"`
	Price    int    `json:"price" binding:"min=0,max=1000000"`
}

type purchase struct {
	ID       int    `json:"id"`
	Customer string `json:"customer"`
	Email    string `json:"email"`
	Quantity int    `json:"quantity"`
	Price    int    `json:"price"`
}

const (
	readOne  = "SELECT id, customer, email, quantity, price FROM purchase WHERE id = $1"
	readMany = "SELECT id, customer, email, quantity, price FROM purchase WHERE id >= $1 ORDER BY id LIMIT 100"
	insert   = "INSERT INTO purchase (customer, email, quantity, price) VALUES ($1, $2, $3, $4) RETURNING id"
	update   = "UPDATE purchase SET customer = $2, email = $3, quantity = $4, price = $5 WHERE id = $1"
	count    = "UPDATE counter SET hits = hits + 1 WHERE id = $1"
)

func (s *server) plaintext(c *gin.Context) {
	c.String(http.StatusOK, "Hello, World!")
}

func (s *server) read(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	rows, _ := s.db.Query(c.Request.Context(), readOne, id) // an error is in the rows, too
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[purchase])
	answer(c, found, err)
}

func (s *server) list(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	rows, _ := s.db.Query(c.Request.Context(), readMany, first)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[purchase])
	answer(c, found, err)
}

func (s *server) insert(c *gin.Context) {
	order, valid := decode(c)
	if !valid {
		return
	}
	stored := purchase{0, order.Customer, order.Email, order.Quantity, order.Price}
	row := s.db.QueryRow(c.Request.Context(), insert, order.Customer, order.Email, order.Quantity, order.Price)
	err := row.Scan(&stored.ID)
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
	ctx := c.Request.Context()
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		changed, err := tx.Exec(ctx, update, id, order.Customer, order.Email, order.Quantity, order.Price)
		if err != nil {
			return err
		}
		if changed.RowsAffected() == 0 {
			return pgx.ErrNoRows
		}
		_, err = tx.Exec(ctx, count, id)
		return err
	})
	answer(c, purchase{int(id), order.Customer, order.Email, order.Quantity, order.Price}, err)
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
	case errors.Is(err, pgx.ErrNoRows):
		c.JSON(http.StatusNotFound, gin.H{"error": "no such purchase"})
	case err != nil:
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
	default:
		c.JSON(http.StatusOK, value)
	}
}
