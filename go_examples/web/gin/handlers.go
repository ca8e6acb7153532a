package main

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"github.com/gorilla/websocket"
	"github.com/jackc/pgx/v5"

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
	Customer string `json:"customer" binding:"required,max=100"`
	Email    string `json:"email" binding:"required,address"`
	Quantity int    `json:"quantity" binding:"min=1,max=1000"`
	Price    int    `json:"price" binding:"min=0,max=1000000"`
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

func (s *server) plaintext(c *gin.Context) {
	c.String(http.StatusOK, "Hello, World!")
}

func (s *server) json(c *gin.Context) {
	c.JSON(http.StatusOK, greeting{"Hello, World!"})
}

func (s *server) item(c *gin.Context) {
	id, err := strconv.Atoi(c.Param("id"))
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	limit, err := strconv.Atoi(c.DefaultQuery("limit", "20"))
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "limit must be an integer"})
		return
	}
	c.JSON(http.StatusOK, item{id, c.Query("size"), limit})
}

func (s *server) order(c *gin.Context) {
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

// --8<-- [start:one-query]
func (s *server) world(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	var found world
	err = s.db.QueryRow(c.Request.Context(), "SELECT id, number FROM world WHERE id = $1", id).Scan(&found.ID, &found.Number)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		c.JSON(http.StatusNotFound, gin.H{"error": "no such world"})
	case err != nil:
		fail(c, err)
	default:
		c.JSON(http.StatusOK, found)
	}
}

// --8<-- [end:one-query]

func (s *server) worlds(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	ctx := c.Request.Context()
	connection, err := s.db.Acquire(ctx)
	if err != nil {
		fail(c, err)
		return
	}
	defer connection.Release()
	worlds := make([]world, 20)
	for i := range worlds {
		row := connection.QueryRow(ctx, "SELECT id, number FROM world WHERE id = $1", first+int64(i))
		if err := row.Scan(&worlds[i].ID, &worlds[i].Number); err != nil {
			fail(c, err)
			return
		}
	}
	c.JSON(http.StatusOK, worlds)
}

func (s *server) fortunes(c *gin.Context) {
	rows, _ := s.db.Query(c.Request.Context(), "SELECT id, message FROM fortune") // an error is in the rows, too
	fortunes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fortune])
	if err != nil {
		fail(c, err)
		return
	}
	fortunes = append(fortunes, fortune{0, "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b fortune) int { return strings.Compare(a.Message, b.Message) })
	c.HTML(http.StatusOK, "fortunes.html", fortunes)
}

func (s *server) counters(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	var done updates
	ctx := c.Request.Context()
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for id := first; id < first+20; id++ {
			if _, err := tx.Exec(ctx, "UPDATE counter SET hits = hits + 1 WHERE id = $1", id); err != nil {
				return err
			}
			done.Updated++
		}
		return nil
	})
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, done)
}

func (s *server) calls(c *gin.Context) {
	length, err := s.upstream.Ask(c.Request.Context(), 3)
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, calls{3, length})
}

func (s *server) primes(c *gin.Context) {
	c.JSON(http.StatusOK, count{primes.Count(20000)})
}

func (s *server) stream(c *gin.Context) {
	c.Header("Content-Type", "application/octet-stream")
	sent := 0
	c.Stream(func(w io.Writer) bool {
		_, err := w.Write(chunk)
		sent++
		return err == nil && sent < 16
	})
}

func (s *server) echo(c *gin.Context) {
	connection, err := upgrader.Upgrade(c.Writer, c.Request, nil)
	if err != nil {
		return // the upgrader has answered
	}
	defer connection.Close()
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		if err := connection.WriteMessage(kind, message); err != nil {
			return
		}
	}
}

// fail answers that the server is at fault, and says why on standard error.
func fail(c *gin.Context, err error) {
	log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
	c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
}
