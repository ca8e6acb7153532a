package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"go_examples/web/internal/backend"
	"go_examples/web/internal/production"
)

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

func routes(service *production.Service) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", plaintext)
	mux.Handle("POST /orders", authorised(service.Tokens, http.HandlerFunc(placeOrder)))
	mux.Handle("GET /metrics", promhttp.Handler())
	return observed(service, mux)
}

// observed traces, logs, counts and times all requests.
func observed(service *production.Service, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		ctx, trace := production.Begin(r.Context(), r.Header.Get("Traceparent"))
		r = r.WithContext(ctx)
		w.Header().Set("Traceresponse", trace.Header())
		recorded := &recorder{w, http.StatusOK}
		next.ServeHTTP(recorded, r)
		_, route, _ := strings.Cut(r.Pattern, " ") // of the mux, which has set it on the request by now
		service.Answered(ctx, r, route, recorded.status, time.Since(began))
	})
}

// recorder keeps the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader keeps the status, and sends it.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// authorised refuses requests without a token.
func authorised(tokens production.Tokens, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !tokens.Valid(production.Bearer(r.Header.Get("Authorization"))) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, production.Unauthorised, http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func plaintext(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("Hello, World!"))
}

func placeOrder(w http.ResponseWriter, r *http.Request) {
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

// reply sends a value as JSON.
func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value) // only a client that has gone makes it fail
}
