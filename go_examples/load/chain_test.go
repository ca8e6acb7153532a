package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"go_examples/load/endpoints"
)

func summary(w http.ResponseWriter, r *http.Request) {
	user, err := strconv.Atoi(r.PathValue("user"))
	if err != nil || user > 10000 {
		http.NotFound(w, r)
		return
	}
	found := struct {
		User   int    `json:"user"`
		Credit int    `json:"credit"`
		Items  [3]int `json:"items"`
		Total  int    `json:"total"`
	}{User: user, Credit: rowOf(user).Number}
	for i := range found.Items {
		found.Items[i] = rowOf(user + i).Number
		found.Total += rowOf(found.Items[i]).Number
	}
	says(found)(w, r)
}

func userOf(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id > 10000 {
		http.NotFound(w, r)
		return
	}
	says(struct {
		ID     int `json:"id"`
		Credit int `json:"credit"`
	}{id, rowOf(id).Number})(w, r)
}

func ordersOf(w http.ResponseWriter, r *http.Request) {
	user, err := strconv.Atoi(r.FormValue("user"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	says(map[string][]int{"items": {rowOf(user).Number, rowOf(user + 1).Number, rowOf(user + 2).Number}})(w, r)
}

func pricesOf(w http.ResponseWriter, r *http.Request) {
	var prices []int
	for _, text := range r.URL.Query()["items"] {
		item, err := strconv.Atoi(text)
		if err != nil || item > 10000 {
			http.NotFound(w, r)
			return
		}
		prices = append(prices, rowOf(item).Number)
	}
	if prices == nil {
		http.Error(w, "no items", http.StatusBadRequest)
		return
	}
	says(map[string][]int{"prices": prices})(w, r)
}

// answeredBy returns what an upstream answers to a request.
func answeredBy(t *testing.T, u *upstream, request []byte) *http.Response {
	t.Helper()
	read, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request)))
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	u.routes().ServeHTTP(recorder, read)
	return recorder.Result()
}

func TestTheUpstreamAnswersAGatewayAsItsServicesWouldAndCounts(t *testing.T) {
	var u upstream
	u.seed.Store(seed)
	for _, name := range []string{"chain-users", "chain-orders", "chain-prices"} {
		endpoint, err := endpoints.Named(name, endpoints.Sources{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range uint64(20) {
			response := answeredBy(t, &u, endpoint.AppendRequest(nil, "127.0.0.1:8000", seed, i))
			var body bytes.Buffer
			if _, err := body.ReadFrom(response.Body); err != nil {
				t.Fatal(err)
			}
			if err := endpoint.Validate(response, body.Bytes(), seed, i); err != nil {
				t.Errorf("%s: %v", endpoint.Title(seed, i), err)
			}
		}
	}
	if calls := u.calls.Load(); calls != 60 {
		t.Errorf("%d calls", calls)
	}
}

func TestTheUpstreamHasNoRowsThatTheServicesDoNotHave(t *testing.T) {
	var u upstream
	for _, path := range []string{
		"/users/0", "/users/20000", "/users/abc", "/orders", "/orders?user=20000", "/prices", "/prices?items=1&items=0", "/prices?items=abc",
	} {
		response := answeredBy(t, &u, fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: upstream\r\n\r\n", path))
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, response.StatusCode)
		}
	}
	if calls := u.calls.Load(); calls != 0 {
		t.Errorf("%d calls", calls)
	}
}

func TestTheUpstreamHasTheRowsOfThePhase(t *testing.T) {
	var u upstream
	line := `{"mode":"check","target":%q,"endpoint":"json","seed":4711,"requests":1,"limit":10}`
	answerTo(fmt.Appendf(nil, line, serving(t, right)), 1, endpoints.Sources{}, &u)
	if got := u.seed.Load(); got != 4711 {
		t.Errorf("seed %d", got)
	}
}
