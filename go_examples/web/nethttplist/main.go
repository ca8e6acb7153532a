// Command nethttplist is a server on net/http that asks one query with the list of all keys.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
)

const rows = 20

type world struct {
	ID     int32 `json:"id"`
	Number int32 `json:"number"`
}

// server is what the handlers share.
type server struct {
	db *pgxpool.Pool
}

func main() {
	pool, err := backend.Pool()
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := serving.Serve((&server{pool}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", s.plaintext)
	mux.HandleFunc("GET /worlds", s.worlds)
	return mux
}

func (s *server) plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("Hello, World!"))
}

// --8<-- [start:twenty-queries]
func (s *server) worlds(w http.ResponseWriter, r *http.Request) {
	first, err := strconv.ParseInt(r.URL.Query().Get("first"), 10, 32)
	if err != nil {
		http.Error(w, "first must be an integer", http.StatusBadRequest)
		return
	}
	ids := make([]int32, rows)
	for i := range ids {
		ids[i] = int32(first) + int32(i)
	}
	found, _ := s.db.Query(r.Context(), "SELECT id, number FROM world WHERE id = ANY($1) ORDER BY id", ids) // an error is in the rows, too
	worlds, err := pgx.CollectRows(found, pgx.RowToStructByPos[world])
	if err != nil {
		fail(w, r, err)
		return
	}
	if len(worlds) < rows {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(worlds) // only a client that has gone makes it fail
}

// --8<-- [end:twenty-queries]

// fail answers that the server is at fault, and says why on standard error.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}
