package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go_examples/web/internal/backend"
)

func TestWhatIsNoIntegerIsRefused(t *testing.T) {
	pool, err := backend.Pool()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	for _, path := range []string{"/worlds?first=many", "/worlds"} {
		answer := httptest.NewRecorder()
		(&server{pool}).routes().ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		if answer.Code != http.StatusBadRequest {
			t.Errorf("GET %s: got status %d, want %d", path, answer.Code, http.StatusBadRequest)
		}
	}
}
