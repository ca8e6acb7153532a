// Command nethttpbatch is a server on net/http that asks twenty queries as a batch of pgx, which are sent at once, and answered by the database one after the other.
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
	worlds := make([]world, rows)
	var batch pgx.Batch
	for i := range worlds {
		batch.Queue("SELECT id, number FROM world WHERE id = $1", first+int64(i)).QueryRow(func(row pgx.Row) error {
			return row.Scan(&worlds[i].ID, &worlds[i].Number)
		})
	}
	if err := s.db.SendBatch(r.Context(), &batch).Close(); err != nil {
		fail(w, r, err)
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
