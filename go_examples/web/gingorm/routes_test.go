package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWhatIsNoIntegerIsRefused(t *testing.T) {
	t.Setenv("POOL", "1")
	db, err := open()
	if err != nil {
		t.Fatal(err)
	}
	routes := (&server{db}).routes()
	for _, c := range []struct{ method, path string }{
		{"GET", "/worlds/many"}, {"GET", "/worlds?first=many"}, {"GET", "/worlds"}, {"POST", "/counters?first=many"},
	} {
		answer := httptest.NewRecorder()
		routes.ServeHTTP(answer, httptest.NewRequest(c.method, c.path, nil))
		if answer.Code != http.StatusBadRequest {
			t.Errorf("%s %s: got status %d, want %d", c.method, c.path, answer.Code, http.StatusBadRequest)
		}
	}
}
