// Package contract checks answers that need neither database nor upstream against the contract of all web servers.
package contract

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

const valid = `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":3,"price":1250}`

// Check has a handler answer requests of each kind.
func Check(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Run("answers", func(t *testing.T) { answers(t, server) })
	t.Run("refuses what is no integer", func(t *testing.T) {
		refuses(t, server, "/items/many?size=large", "/items/1.5?size=large", "/items/1?size=large&limit=many")
		refuses(t, server, "/worlds/many", "/worlds?first=many", "/worlds")
	})
	t.Run("refuses what is no JSON", func(t *testing.T) { refusesOtherThanJSON(t, server, "POST", "/orders") })
	t.Run("names each wrong field", func(t *testing.T) { namesWrongFields(t, server, "POST", "/orders") })
	t.Run("streams in chunks", func(t *testing.T) { streams(t, server) })
}

// CheckCRUD has the handler of a CRUD service answer requests of each kind that it has to refuse.
func CheckCRUD(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Run("refuses what is no integer", func(t *testing.T) {
		refuses(t, server, "/purchases/many", "/purchases/1.5", "/purchases?first=many", "/purchases")
	})
	for method, path := range map[string]string{"POST": "/purchases", "PUT": "/purchases/17"} {
		t.Run(method+" refuses what is no JSON", func(t *testing.T) { refusesOtherThanJSON(t, server, method, path) })
		t.Run(method+" names each wrong field", func(t *testing.T) { namesWrongFields(t, server, method, path) })
	}
}

func answers(t *testing.T, server *httptest.Server) {
	for _, c := range []struct{ method, path, body, kind, want string }{
		{"GET", "/plaintext", "", "text/plain", "Hello, World!"},
		{"GET", "/json", "", "application/json", `{"message":"Hello, World!"}`},
		{"GET", "/items/123?size=large&limit=10", "", "application/json", `{"id":123,"size":"large","limit":10}`},
		{"GET", "/items/123?size=large", "", "application/json", `{"id":123,"size":"large","limit":20}`},
		{"GET", "/items/0?size=a%26b&limit=0&ID=9&id=9", "", "application/json", `{"id":0,"size":"a\u0026b","limit":0}`},
		{"POST", "/orders", valid, "application/json", `{"customer":"Ada Lovelace","total":3750}`},
		{"POST", "/orders", changed(`ada@example.com`, `a..b@x.y.`), "application/json", `{"customer":"Ada Lovelace","total":3750}`},
		{"POST", "/orders", changed(`1250`, `0`), "application/json", `{"customer":"Ada Lovelace","total":0}`},
		{"POST", "/orders", changed(`Ada Lovelace`, strings.Repeat("é", 100)), "application/json",
			`{"customer":"` + strings.Repeat("é", 100) + `","total":3750}`},
		{"GET", "/primes", "", "application/json", `{"primes":2262}`},
	} {
		response, body := ask(t, server, c.method, c.path, c.body)
		if response.StatusCode != http.StatusOK || strings.TrimSuffix(body, "\n") != c.want {
			t.Errorf("%s %s: got %s %q, want %q", c.method, c.path, response.Status, body, c.want)
		}
		if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, c.kind) {
			t.Errorf("%s %s: got %q, want %q", c.method, c.path, kind, c.kind)
		}
	}
}

func refuses(t *testing.T, server *httptest.Server, paths ...string) {
	for _, path := range paths {
		if response, body := ask(t, server, "GET", path, ""); response.StatusCode/100 != 4 {
			t.Errorf("GET %s: got %s %q, want a status of 4xx", path, response.Status, body)
		}
	}
}

func refusesOtherThanJSON(t *testing.T, server *httptest.Server, method, path string) {
	for _, body := range []string{``, `{"customer":`, `customer=Ada+Lovelace`} {
		if response, answer := ask(t, server, method, path, body); response.StatusCode/100 != 4 {
			t.Errorf("%q: got %s %q, want a status of 4xx", body, response.Status, answer)
		}
	}
}

func namesWrongFields(t *testing.T, server *httptest.Server, method, path string) {
	all := []string{"customer", "email", "quantity", "price"}
	for _, c := range []struct {
		body  string
		wrong []string
	}{
		{`{}`, all},
		{`null`, all},
		{`[]`, all},
		{`{"customer":1,"email":2,"quantity":"3","price":"1250"}`, all},
		{changed(`Ada Lovelace`, ``), []string{"customer"}},
		{changed(`Ada Lovelace`, strings.Repeat("é", 101)), []string{"customer"}},
		{changed(`ada@example.com`, `ada`), []string{"email"}},
		{changed(`ada@example.com`, `ada@example`), []string{"email"}},
		{changed(`ada@example.com`, `@example.com`), []string{"email"}},
		{changed(`ada@example.com`, `ada@example.com `), []string{"email"}},
		{changed(`"quantity":3`, `"quantity":0`), []string{"quantity"}},
		{changed(`"quantity":3`, `"quantity":1001`), []string{"quantity"}},
		{changed(`"quantity":3`, `"quantity":2.5`), []string{"quantity"}},
		{changed(`,"price":1250`, ``), []string{"price"}},
		{changed(`1250`, `-1`), []string{"price"}},
		{changed(`1250`, `1000001`), []string{"price"}},
		{changed(`1250`, `null`), []string{"price"}},
		{changed(`1250`, `12.5`), []string{"price"}},
	} {
		response, body := ask(t, server, method, path, c.body)
		if response.StatusCode/100 != 4 {
			t.Errorf("%s: got %s %q, want a status of 4xx", c.body, response.Status, body)
		}
		for _, field := range all {
			if named := strings.Contains(body, field); named != slices.Contains(c.wrong, field) {
				t.Errorf("%s: got %q, want the fields %q", c.body, body, c.wrong)
			}
		}
	}
}

func streams(t *testing.T, server *httptest.Server) {
	response, body := ask(t, server, "GET", "/stream", "")
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || kind != "application/octet-stream" {
		t.Errorf("got %s, %q", response.Status, kind)
	}
	if response.ContentLength != -1 {
		t.Errorf("the length of %d bytes was known beforehand: this is one body", response.ContentLength)
	}
	if body != strings.Repeat("x", 1<<20) {
		t.Errorf("got %d bytes, or others than wanted", len(body))
	}
}

func changed(from, to string) string { return strings.Replace(valid, from, to, 1) }

func ask(t *testing.T, server *httptest.Server, method, path, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method != http.MethodGet {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(answer)
}
