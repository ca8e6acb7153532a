package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"go_examples/web/internal/backend"
)

type order struct {
	Customer string `json:"customer"`
	Email    string `json:"email"`
	Quantity int    `json:"quantity"`
	Price    int    `json:"price"`
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

func (s *server) plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("Hello, World!"))
}

func (s *server) read(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 32)
	if err != nil {
		http.Error(w, "id must be an integer", http.StatusBadRequest)
		return
	}
	rows, _ := s.db.Query(r.Context(), readOne, id) // an error is in the rows, too
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[purchase])
	answer(w, r, found, err)
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	first, err := strconv.ParseInt(r.URL.Query().Get("first"), 10, 32)
	if err != nil {
		http.Error(w, "first must be an integer", http.StatusBadRequest)
		return
	}
	rows, _ := s.db.Query(r.Context(), readMany, first)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[purchase])
	answer(w, r, found, err)
}

func (s *server) insert(w http.ResponseWriter, r *http.Request) {
	order, valid := decode(w, r)
	if !valid {
		return
	}
	stored := purchase{0, order.Customer, order.Email, order.Quantity, order.Price}
	err := s.db.QueryRow(r.Context(), insert, order.Customer, order.Email, order.Quantity, order.Price).Scan(&stored.ID)
	answer(w, r, stored, err)
}

// --8<-- [start:crud-update]
func (s *server) update(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 32)
	if err != nil {
		http.Error(w, "id must be an integer", http.StatusBadRequest)
		return
	}
	order, valid := decode(w, r)
	if !valid {
		return
	}
	err = pgx.BeginFunc(r.Context(), s.db, func(tx pgx.Tx) error {
		changed, err := tx.Exec(r.Context(), update, id, order.Customer, order.Email, order.Quantity, order.Price)
		if err != nil {
			return err
		}
		if changed.RowsAffected() == 0 {
			return pgx.ErrNoRows
		}
		_, err = tx.Exec(r.Context(), count, id)
		return err
	})
	answer(w, r, purchase{int(id), order.Customer, order.Email, order.Quantity, order.Price}, err)
}

// --8<-- [end:crud-update]

// decode reads an order; where it breaks a rule, it answers so.
func decode(w http.ResponseWriter, r *http.Request) (order, bool) {
	order := order{Price: -1} // for 0 is a price, but not one that is missing
	err := json.NewDecoder(r.Body).Decode(&order)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !mistyped {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return order, false
	}
	if wrong := order.wrong(); len(wrong) > 0 { // what is mistyped is missing
		reply(w, http.StatusBadRequest, wrong)
		return order, false
	}
	if err != nil { // all fields are right, and one of them came again with another type
		http.Error(w, err.Error(), http.StatusBadRequest)
		return order, false
	}
	return order, true
}

// wrong says of each field that breaks a rule what the rule is.
func (o order) wrong() map[string]string {
	wrong := map[string]string{}
	if length := utf8.RuneCountInString(o.Customer); length < 1 || length > 100 {
		wrong["customer"] = "must have 1 to 100 characters"
	}
	if !backend.IsAddress(o.Email) {
		wrong["email"] = "must be an address"
	}
	if o.Quantity < 1 || o.Quantity > 1000 {
		wrong["quantity"] = "must be an integer from 1 to 1000"
	}
	if o.Price < 0 || o.Price > 1_000_000 {
		wrong["price"] = "must be an integer from 0 to 1000000"
	}
	return wrong
}

// answer sends what the database has answered; an error says that there is no such row, or that the server is at fault.
func answer(w http.ResponseWriter, r *http.Request, value any, err error) {
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		http.NotFound(w, r)
	case err != nil:
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	default:
		reply(w, http.StatusOK, value)
	}
}

// reply sends a value as JSON.
func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value) // only a client that has gone makes it fail
}
