// Package controllers has the actions that conf/routes names.
package controllers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/revel/revel"

	"go_examples/internal/primes"
	"go_examples/web/internal/backend"
	"go_examples/web/revel/app"
)

// many is how many rows the actions with several queries read or write, from their first row on.
const many = 20

var chunk = bytes.Repeat([]byte("x"), 64<<10)

// App is the controller of all actions.
type App struct {
	*revel.Controller
}

type greeting struct {
	Message string `json:"message"`
}

type item struct {
	ID    int    `json:"id"`
	Size  string `json:"size"`
	Limit int    `json:"limit"`
}

type order struct {
	Customer string `json:"customer"`
	Email    string `json:"email"`
	Quantity int    `json:"quantity"`
	Price    int    `json:"price"`
}

type receipt struct {
	Customer string `json:"customer"`
	Total    int    `json:"total"`
}

type world struct {
	ID     int32 `json:"id"`
	Number int32 `json:"number"`
}

type fortune struct {
	ID      int32
	Message string
}

type updates struct {
	Updated int `json:"updated"`
}

type calls struct {
	Calls int `json:"calls"`
	Bytes int `json:"bytes"`
}

type count struct {
	Primes int `json:"primes"`
}

// Plaintext answers with a text.
func (c App) Plaintext() revel.Result {
	return c.RenderText("Hello, World!")
}

// JSON answers with an object.
func (c App) JSON() revel.Result {
	return c.RenderJSON(greeting{"Hello, World!"})
}

// Item answers with its parameters. They are bound as texts, for Revel binds as 0 what is no integer, and 0 is one.
func (c App) Item(id, size, limit string) revel.Result {
	found := item{ID: c.integer("id", id), Size: size, Limit: 20}
	if c.Params.Query.Has("limit") {
		found.Limit = c.integer("limit", limit)
	}
	if c.Validation.HasErrors() {
		return c.invalid()
	}
	return c.RenderJSON(found)
}

// Order validates an order and answers with its total.
func (c App) Order() revel.Result {
	sent := order{Price: -1} // for 0 is a price, but not one that is missing
	err := c.Params.BindJSON(&sent)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !mistyped {
		c.Validation.Error("must be JSON").Key("body")
		return c.invalid()
	}
	c.Validation.Check(sent.Customer, revel.Required{}, revel.MaxSize{Max: 100}).
		Key("customer").Message("must have 1 to 100 characters")
	c.Validation.Required(backend.IsAddress(sent.Email)).Key("email").Message("must be an address")
	c.Validation.Range(sent.Quantity, 1, 1000).Key("quantity").Message("must be an integer from 1 to 1000")
	c.Validation.Range(sent.Price, 0, 1_000_000).Key("price").Message("must be an integer from 0 to 1000000")
	if err != nil && !c.Validation.HasErrors() { // what is mistyped is missing, unless it came again with the right type
		c.Validation.Error("%v", err).Key("body")
	}
	if c.Validation.HasErrors() {
		return c.invalid()
	}
	return c.RenderJSON(receipt{sent.Customer, sent.Quantity * sent.Price})
}

// World answers with a row.
// --8<-- [start:one-query]
func (c App) World(id int) revel.Result {
	if !c.Validation.Range(id, 1, math.MaxInt32).Key("id").Message("must be the id of a row").Ok {
		return c.invalid()
	}
	var row world
	err := app.DB.QueryRow(c.Request.Context(), "SELECT id, number FROM world WHERE id = $1", id).Scan(&row.ID, &row.Number)
	if errors.Is(err, pgx.ErrNoRows) {
		return c.NotFound("There is no world %d.", id)
	}
	if err != nil {
		return c.failed(err)
	}
	return c.RenderJSON(row)
}

// --8<-- [end:one-query]

// Worlds answers with twenty rows, each read by a query of its own.
func (c App) Worlds(first int) revel.Result {
	if !c.Validation.Range(first, 1, math.MaxInt32-many).Key("first").Message("must be the id of a row").Ok {
		return c.invalid()
	}
	ctx := c.Request.Context()
	connection, err := app.DB.Acquire(ctx)
	if err != nil {
		return c.failed(err)
	}
	defer connection.Release()
	rows := make([]world, many)
	for i := range rows {
		row := connection.QueryRow(ctx, "SELECT id, number FROM world WHERE id = $1", first+i)
		if err := row.Scan(&rows[i].ID, &rows[i].Number); err != nil {
			return c.failed(err)
		}
	}
	return c.RenderJSON(rows)
}

// Fortunes renders all fortunes and one more, in the order of their messages.
func (c App) Fortunes() revel.Result {
	rows, _ := app.DB.Query(c.Request.Context(), "SELECT id, message FROM fortune") // an error is in the rows, too
	fortunes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fortune])
	if err != nil {
		return c.failed(err)
	}
	fortunes = append(fortunes, fortune{0, "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b fortune) int { return strings.Compare(a.Message, b.Message) })
	c.ViewArgs["fortunes"] = fortunes
	return c.RenderTemplate("App/Fortunes.html")
}

// Counters adds to twenty rows in one transaction.
func (c App) Counters(first int) revel.Result {
	if !c.Validation.Range(first, 1, math.MaxInt32-many).Key("first").Message("must be the id of a row").Ok {
		return c.invalid()
	}
	var done updates
	ctx := c.Request.Context()
	err := pgx.BeginFunc(ctx, app.DB, func(tx pgx.Tx) error {
		for id := first; id < first+many; id++ {
			if _, err := tx.Exec(ctx, "UPDATE counter SET hits = hits + 1 WHERE id = $1", id); err != nil {
				return err
			}
			done.Updated++
		}
		return nil
	})
	if err != nil {
		return c.failed(err)
	}
	return c.RenderJSON(done)
}

// Upstream calls the upstream three times at once.
func (c App) Upstream() revel.Result {
	length, err := app.Upstream.Ask(c.Request.Context(), 3)
	if err != nil {
		return c.failed(err)
	}
	return c.RenderJSON(calls{3, length})
}

// Primes counts primes.
func (c App) Primes() revel.Result {
	return c.RenderJSON(count{primes.Count(20000)})
}

// Stream answers with a megabyte, chunk by chunk.
func (c App) Stream() revel.Result {
	chunks := make([]io.Reader, 16)
	for i := range chunks {
		chunks[i] = bytes.NewReader(chunk)
	}
	return c.RenderBinary(io.MultiReader(chunks...), "", revel.NoDisposition, time.Time{})
}

// Echo sends back each message.
func (c App) Echo(ws revel.ServerWebSocket) revel.Result {
	var message string
	for ws.MessageReceive(&message) == nil && ws.MessageSend(message) == nil {
	}
	return nil
}

// integer parses a parameter; it notes an error where there is no integer.
func (c App) integer(name, text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		c.Validation.Error("must be an integer").Key(name)
	}
	return number
}

// invalid answers with what is wrong, by field.
func (c App) invalid() revel.Result {
	c.Response.Status = http.StatusBadRequest
	return c.RenderJSON(c.Validation.ErrorMap())
}

// failed logs what went wrong; the client gets an error page.
func (c App) failed(err error) revel.Result {
	c.Log.Error("The request has failed", "error", err)
	return c.RenderError(err)
}
