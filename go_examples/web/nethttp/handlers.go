package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gorilla/websocket"
	"github.com/jackc/pgx/v5"

	"go_examples/internal/primes"
	"go_examples/web/internal/backend"
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

var (
	//go:embed templates
	files     embed.FS
	templates = template.Must(template.ParseFS(files, "templates/*.html"))
	chunk     = bytes.Repeat([]byte("x"), 64<<10)
	upgrader  websocket.Upgrader
)

func (s *server) plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("Hello, World!"))
}

func (s *server) json(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, greeting{"Hello, World!"})
}

func (s *server) item(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		http.Error(w, "id must be an integer", http.StatusBadRequest)
		return
	}
	query, limit := r.URL.Query(), 20
	if query.Has("limit") {
		if limit, err = strconv.Atoi(query.Get("limit")); err != nil {
			http.Error(w, "limit must be an integer", http.StatusBadRequest)
			return
		}
	}
	reply(w, http.StatusOK, item{id, query.Get("size"), limit})
}

func (s *server) order(w http.ResponseWriter, r *http.Request) {
	order := order{Price: -1} // for 0 is a price, but not one that is missing
	err := json.NewDecoder(r.Body).Decode(&order)
	if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !mistyped {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if wrong := order.wrong(); len(wrong) > 0 { // what is mistyped is missing
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	if err != nil { // all fields are right, and one of them came again with another type
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	reply(w, http.StatusOK, receipt{order.Customer, order.Quantity * order.Price})
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

// --8<-- [start:one-query]
func (s *server) world(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 32)
	if err != nil {
		http.Error(w, "id must be an integer", http.StatusBadRequest)
		return
	}
	var found world
	err = s.db.QueryRow(r.Context(), "SELECT id, number FROM world WHERE id = $1", id).Scan(&found.ID, &found.Number)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		http.NotFound(w, r)
	case err != nil:
		fail(w, r, err)
	default:
		reply(w, http.StatusOK, found)
	}
}

// --8<-- [end:one-query]

func (s *server) worlds(w http.ResponseWriter, r *http.Request) {
	first, err := strconv.ParseInt(r.URL.Query().Get("first"), 10, 32)
	if err != nil {
		http.Error(w, "first must be an integer", http.StatusBadRequest)
		return
	}
	connection, err := s.db.Acquire(r.Context())
	if err != nil {
		fail(w, r, err)
		return
	}
	defer connection.Release()
	worlds := make([]world, 20)
	for i := range worlds {
		row := connection.QueryRow(r.Context(), "SELECT id, number FROM world WHERE id = $1", first+int64(i))
		if err := row.Scan(&worlds[i].ID, &worlds[i].Number); err != nil {
			fail(w, r, err)
			return
		}
	}
	reply(w, http.StatusOK, worlds)
}

func (s *server) fortunes(w http.ResponseWriter, r *http.Request) {
	rows, _ := s.db.Query(r.Context(), "SELECT id, message FROM fortune") // an error is in the rows, too
	fortunes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fortune])
	if err != nil {
		fail(w, r, err)
		return
	}
	fortunes = append(fortunes, fortune{0, "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b fortune) int { return strings.Compare(a.Message, b.Message) })
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := templates.ExecuteTemplate(w, "fortunes.html", fortunes); err != nil {
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err) // too late for another status
	}
}

func (s *server) counters(w http.ResponseWriter, r *http.Request) {
	first, err := strconv.ParseInt(r.URL.Query().Get("first"), 10, 32)
	if err != nil {
		http.Error(w, "first must be an integer", http.StatusBadRequest)
		return
	}
	var done updates
	err = pgx.BeginFunc(r.Context(), s.db, func(tx pgx.Tx) error {
		for id := first; id < first+20; id++ {
			if _, err := tx.Exec(r.Context(), "UPDATE counter SET hits = hits + 1 WHERE id = $1", id); err != nil {
				return err
			}
			done.Updated++
		}
		return nil
	})
	if err != nil {
		fail(w, r, err)
		return
	}
	reply(w, http.StatusOK, done)
}

func (s *server) calls(w http.ResponseWriter, r *http.Request) {
	length, err := s.upstream.Ask(r.Context(), 3)
	if err != nil {
		fail(w, r, err)
		return
	}
	reply(w, http.StatusOK, calls{3, length})
}

func (s *server) primes(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, count{primes.Count(20000)})
}

func (s *server) stream(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/octet-stream")
	flusher := http.NewResponseController(w)
	for range 16 {
		if _, err := w.Write(chunk); err != nil {
			return // the client has gone
		}
		flusher.Flush()
	}
}

func (s *server) echo(w http.ResponseWriter, r *http.Request) {
	connection, err := upgrader.Upgrade(w, r, nil)
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

// reply sends a value as JSON.
func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value) // only a client that has gone makes it fail
}

// fail answers that the server is at fault, and says why on standard error.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}
