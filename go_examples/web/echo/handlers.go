package main

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/gorilla/websocket"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v5"

	"go_examples/internal/primes"
)

type greeting struct {
	Message string `json:"message"`
}

type item struct {
	ID    int    `json:"id"`
	Size  string `json:"size"`
	Limit int    `json:"limit"`
}

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

var (
	//go:embed templates
	files     embed.FS
	templates = template.Must(template.ParseFS(files, "templates/*.html"))
	chunk     = bytes.Repeat([]byte("x"), 64<<10)
	upgrader  websocket.Upgrader
)

func (s *server) plaintext(c *echo.Context) error {
	return c.String(http.StatusOK, "Hello, World!")
}

func (s *server) json(c *echo.Context) error {
	return c.JSON(http.StatusOK, greeting{"Hello, World!"})
}

func (s *server) item(c *echo.Context) error {
	id, err := echo.PathParam[int](c, "id")
	if err != nil {
		return err
	}
	limit, err := echo.QueryParamOr(c, "limit", 20)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, item{id, c.QueryParam("size"), limit})
}

func (s *server) order(c *echo.Context) error {
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

// --8<-- [start:one-query]
func (s *server) world(c *echo.Context) error {
	id, err := echo.PathParam[int32](c, "id")
	if err != nil {
		return err
	}
	var found world
	err = s.db.QueryRow(c.Request().Context(), "SELECT id, number FROM world WHERE id = $1", id).Scan(&found.ID, &found.Number)
	if errors.Is(err, pgx.ErrNoRows) {
		return echo.ErrNotFound
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, found)
}

// --8<-- [end:one-query]

func (s *server) worlds(c *echo.Context) error {
	var first int32
	if err := echo.QueryParamsBinder(c).MustInt32("first", &first).BindError(); err != nil {
		return err
	}
	ctx := c.Request().Context()
	connection, err := s.db.Acquire(ctx)
	if err != nil {
		return err
	}
	defer connection.Release()
	worlds := make([]world, 20)
	for i := range worlds {
		row := connection.QueryRow(ctx, "SELECT id, number FROM world WHERE id = $1", first+int32(i))
		if err := row.Scan(&worlds[i].ID, &worlds[i].Number); err != nil {
			return err
		}
	}
	return c.JSON(http.StatusOK, worlds)
}

func (s *server) fortunes(c *echo.Context) error {
	rows, _ := s.db.Query(c.Request().Context(), "SELECT id, message FROM fortune") // an error is in the rows, too
	fortunes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fortune])
	if err != nil {
		return err
	}
	fortunes = append(fortunes, fortune{0, "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b fortune) int { return strings.Compare(a.Message, b.Message) })
	return c.Render(http.StatusOK, "fortunes.html", fortunes)
}

func (s *server) counters(c *echo.Context) error {
	var first int32
	if err := echo.QueryParamsBinder(c).MustInt32("first", &first).BindError(); err != nil {
		return err
	}
	var done updates
	ctx := c.Request().Context()
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for id := first; id < first+20; id++ {
			if _, err := tx.Exec(ctx, "UPDATE counter SET hits = hits + 1 WHERE id = $1", id); err != nil {
				return err
			}
			done.Updated++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, done)
}

func (s *server) calls(c *echo.Context) error {
	length, err := s.upstream.Ask(c.Request().Context(), 3)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, calls{3, length})
}

func (s *server) primes(c *echo.Context) error {
	return c.JSON(http.StatusOK, count{primes.Count(20000)})
}

func (s *server) stream(c *echo.Context) error {
	response := c.Response()
	response.Header().Set(echo.HeaderContentType, echo.MIMEOctetStream)
	flusher := http.NewResponseController(response)
	for range 16 {
		if _, err := response.Write(chunk); err != nil {
			return err
		}
		if err := flusher.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) echo(c *echo.Context) error {
	connection, err := upgrader.Upgrade(c.Response(), c.Request(), nil)
	if err != nil {
		return nil // the upgrader has answered
	}
	defer connection.Close()
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return nil // the client has gone
		}
		if err := connection.WriteMessage(kind, message); err != nil {
			return nil
		}
	}
}

// fail answers an error; one of the server's own it also says on standard error.
func fail(c *echo.Context, err error) {
	if echo.StatusCode(err) == 0 {
		c.Logger().Error("request failed", "method", c.Request().Method, "path", c.Request().URL.Path, "error", err)
	}
	echo.DefaultHTTPErrorHandler(false)(c, err)
}
