package main

import (
	"errors"
	"log"
	"net/http"
	"strconv"

	"go_examples/internal/serving"
	"go_examples/services/internal/tables"
)

type user struct {
	ID     int32 `json:"id"`
	Credit int32 `json:"credit"`
}

type orders struct {
	Items []int32 `json:"items"`
}

type prices struct {
	Prices []int32 `json:"prices"`
}

// service is what the handlers of one of the three services share.
type service struct{ tables *tables.Tables }

// running returns what runs a service that has one route, beside the one that says that it is there.
func running(route string, handle func(*service, http.ResponseWriter, *http.Request)) func() error {
	return func() error {
		rows, err := tables.Open()
		if err != nil {
			return err
		}
		defer rows.Close()
		mux := http.NewServeMux()
		mux.HandleFunc("GET /plaintext", plaintext)
		mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) { handle(&service{rows}, w, r) })
		return serving.Serve(mux)
	}
}

func (s *service) user(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 32)
	if err != nil {
		http.Error(w, "id must be an integer", http.StatusBadRequest)
		return
	}
	credit, err := s.tables.Credit(r.Context(), int32(id))
	if err != nil {
		fail(w, r, err)
		return
	}
	reply(w, user{int32(id), credit})
}

func (s *service) orders(w http.ResponseWriter, r *http.Request) {
	user, err := strconv.ParseInt(r.URL.Query().Get("user"), 10, 32)
	if err != nil {
		http.Error(w, "user must be an integer", http.StatusBadRequest)
		return
	}
	items, err := s.tables.Items(r.Context(), int32(user))
	if err != nil {
		fail(w, r, err)
		return
	}
	reply(w, orders{items})
}

func (s *service) prices(w http.ResponseWriter, r *http.Request) {
	texts := r.URL.Query()["items"]
	if len(texts) == 0 {
		http.Error(w, "items are missing", http.StatusBadRequest)
		return
	}
	items := make([]int32, len(texts))
	for i, text := range texts {
		item, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			http.Error(w, "items must be integers", http.StatusBadRequest)
			return
		}
		items[i] = int32(item)
	}
	found, err := s.tables.Prices(r.Context(), items)
	if err != nil {
		fail(w, r, err)
		return
	}
	reply(w, prices{found})
}

// fail answers that there is no such row, or that the service is at fault, and says why on standard error; a client that has gone
// needs no answer.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, tables.ErrNone):
		http.NotFound(w, r)
	case r.Context().Err() == nil:
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}
