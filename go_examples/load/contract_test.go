package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"go_examples/internal/perceptron"
	"go_examples/load/endpoints"
)

// seed is that of the rows that contract answers with.
const seed = 7

// right keeps the contract.
var right = contract()

// contract answers as the contract says, as far as its answers need no database.
func contract() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "Hello, World!") })
	mux.HandleFunc("GET /json", says(map[string]string{"message": "Hello, World!"}))
	mux.HandleFunc("GET /items/{id}", item)
	mux.HandleFunc("POST /orders", placeOrder)
	mux.HandleFunc("GET /worlds/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.Atoi(r.PathValue("id"))
		says(rowOf(id))(w, r)
	})
	mux.HandleFunc("GET /worlds", func(w http.ResponseWriter, r *http.Request) {
		first, _ := strconv.Atoi(r.FormValue("first"))
		found := make([]world, 20)
		for i := range found {
			found[i] = rowOf(first + i)
		}
		says(found)(w, r)
	})
	mux.HandleFunc("GET /fortunes", fortunes)
	mux.HandleFunc("POST /counters", says(map[string]int{"updated": 20}))
	mux.HandleFunc("GET /purchases/{id}", func(w http.ResponseWriter, r *http.Request) {
		if id, err := strconv.Atoi(r.PathValue("id")); err != nil || id < 1 {
			http.Error(w, "no such id", http.StatusNotFound)
		} else {
			says(purchaseOf(id))(w, r)
		}
	})
	mux.HandleFunc("GET /purchases", func(w http.ResponseWriter, r *http.Request) {
		first, err := strconv.Atoi(r.FormValue("first"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		found := make([]purchase, 100)
		for i := range found {
			found[i] = purchaseOf(first + i)
		}
		says(found)(w, r)
	})
	mux.HandleFunc("POST /purchases", func(w http.ResponseWriter, r *http.Request) { storePurchase(w, r, 12_345) })
	mux.HandleFunc("PUT /purchases/{id}", func(w http.ResponseWriter, r *http.Request) {
		if id, _ := strconv.Atoi(r.PathValue("id")); id < 1 {
			http.Error(w, "no such id", http.StatusNotFound)
		} else {
			storePurchase(w, r, id)
		}
	})
	mux.HandleFunc("GET /upstream", says(struct {
		Calls int `json:"calls"`
		Bytes int `json:"bytes"`
	}{3, 9}))
	mux.HandleFunc("GET /primes", says(map[string]int{"primes": 2262}))
	mux.HandleFunc("GET /summaries/{user}", summary)
	mux.HandleFunc("GET /users/{id}", userOf)
	mux.HandleFunc("GET /orders", ordersOf)
	mux.HandleFunc("GET /prices", pricesOf)
	mux.HandleFunc("POST /classify", classify)
	mux.HandleFunc("GET /stream", stream)
	mux.Handle("GET /ws", answering(func(message string) string { return message }))
	return mux
}

type world struct {
	ID     int `json:"id"`
	Number int `json:"number"`
}

func rowOf(id int) world { return world{id, (id*7919+seed)%10000 + 1} }

type purchase struct {
	ID       int    `json:"id"`
	Customer string `json:"customer"`
	Email    string `json:"email"`
	Quantity int    `json:"quantity"`
	Price    int    `json:"price"`
}

func purchaseOf(id int) purchase {
	return purchase{id, fmt.Sprintf("Customer %d", id), fmt.Sprintf("customer%d@example.com", id), id%1000 + 1, rowOf(id).Number}
}

// storePurchase answers with what was sent, and an id, if an order with it would be placed.
func storePurchase(w http.ResponseWriter, r *http.Request, id int) {
	body, _ := io.ReadAll(r.Body)
	judged := httptest.NewRecorder()
	r.Body = io.NopCloser(bytes.NewReader(body))
	if placeOrder(judged, r); judged.Code != http.StatusOK {
		http.Error(w, judged.Body.String(), judged.Code)
		return
	}
	stored := purchase{}
	json.Unmarshal(body, &stored)
	stored.ID = id
	says(stored)(w, r)
}

func says(value any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(value)
	}
}

func item(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	limit := 20
	if text := r.FormValue("limit"); err == nil && text != "" {
		limit, err = strconv.Atoi(text)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	says(struct {
		ID    int    `json:"id"`
		Size  string `json:"size"`
		Limit int    `json:"limit"`
	}{id, r.FormValue("size"), limit})(w, r)
}

func placeOrder(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Customer any
		Email    string
		Quantity any
		Price    *int
	}
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	var wrong []string
	customer, text := order.Customer.(string)
	if !text || customer == "" || len(customer) > 100 {
		wrong = append(wrong, "customer")
	}
	if !strings.Contains(order.Email, "@") {
		wrong = append(wrong, "email")
	}
	quantity, number := order.Quantity.(float64)
	if !number || quantity != float64(int(quantity)) || quantity < 1 || quantity > 1000 {
		wrong = append(wrong, "quantity")
	}
	if order.Price == nil || *order.Price < 0 || *order.Price > 1_000_000 {
		wrong = append(wrong, "price")
	}
	if wrong != nil {
		http.Error(w, fmt.Sprint(wrong), http.StatusBadRequest)
		return
	}
	says(struct {
		Customer string `json:"customer"`
		Total    int    `json:"total"`
	}{customer, int(quantity) * *order.Price})(w, r)
}

var pages = template.Must(template.New("fortunes").Parse(`<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
{{range .}}<tr><td>{{.ID}}</td><td>{{.Message}}</td></tr>
{{end}}</table>
</body>
</html>
`))

type fortune struct {
	ID      int
	Message string
}

func fortunes(w http.ResponseWriter, _ *http.Request) {
	found := []fortune{{0, "Additional fortune added at request time."}}
	for i, message := range messages() {
		found = append(found, fortune{i + 1, message})
	}
	slices.SortFunc(found, func(a, b fortune) int { return strings.Compare(a.Message, b.Message) })
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	pages.Execute(w, found)
}

// summing is a model that scores each class by the sum of every tenth number of an image.
func summing() perceptron.Layer {
	layer := perceptron.Layer{Weights: make([]float32, 10*784), Biases: make([]float32, 10)}
	for i := range 784 {
		layer.Weights[i%10*784+i] = 1
	}
	return layer
}

func classify(w http.ResponseWriter, r *http.Request) {
	var image []*float64
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 32<<10))
	if err == nil {
		err = json.Unmarshal(text, &image)
	}
	if err != nil || len(image) != 784 {
		http.Error(w, "no image", http.StatusBadRequest)
		return
	}
	sums := make([]float64, 10)
	for i, number := range image {
		if number == nil || *number < 0 || *number > 1 {
			http.Error(w, "no number from 0 to 1", http.StatusBadRequest)
			return
		}
		sums[i%10] += *number
	}
	for i, sum := range sums {
		sums[i] = math.Round(sum*1e4) / 1e4
	}
	says(struct {
		Label  int       `json:"label"`
		Scores []float64 `json:"scores"`
	}{slices.Index(sums, slices.Max(sums)), sums})(w, r)
}

func stream(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/octet-stream")
	for range 16 {
		io.WriteString(w, strings.Repeat("x", 64<<10))
	}
}

// requested returns the endpoints that are asked for over HTTP/1.1, and called those of gRPC.
func requested() []string { return named(false) }
func called() []string    { return named(true) }

func named(calls bool) []string {
	return slices.DeleteFunc(endpoints.Names(), func(name string) bool { return strings.HasPrefix(name, "grpc-") != calls })
}

const schema = "../../bench/workloads/web/schema.sql"

// messages returns those of the schema.
func messages() []string {
	text, err := os.ReadFile(schema)
	if err != nil {
		panic(err)
	}
	found, err := endpoints.Messages(string(text))
	if err != nil {
		panic(err)
	}
	return found
}

// serving starts a server, and returns its address.
func serving(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// planned returns a phase: what a test says, and for the rest a small one.
func planned(t *testing.T, text string) *phase {
	t.Helper()
	sources := endpoints.Sources{Messages: messages(), Layers: []perceptron.Layer{summing()}, Key: key}
	plan, err := parsePhase([]byte(text), sources)
	if err != nil {
		t.Fatal(err)
	}
	return &plan
}

// answering answers each message of a WebSocket by what it is told to, or hangs up.
func answering(answer func(string) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		for answer != nil {
			kind, message, err := socket.ReadMessage()
			if err != nil || socket.WriteMessage(kind, []byte(answer(string(message)))) != nil {
				return
			}
		}
	})
}
