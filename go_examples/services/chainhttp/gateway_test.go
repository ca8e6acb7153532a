package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// answered asks a gateway for the summary of user 7, whose services answer as handlers do.
func answered(t *testing.T, users, orders, prices http.HandlerFunc) (status int, body string) {
	t.Helper()
	addresses := make(map[string]string)
	for name, handler := range map[string]http.HandlerFunc{"users": users, "orders": orders, "prices": prices} {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		addresses[name] = server.Listener.Addr().String()
	}
	recorder := httptest.NewRecorder()
	newGateway(addresses, time.Second).routes().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/summaries/7", nil))
	return recorder.Code, recorder.Body.String()
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

var (
	aUser      = says(`{"id":7,"credit":30}`)
	ordersOfIt = says(`{"items":[4,9]}`)
)

func TestTheGatewayPutsTogetherWhatServicesSay(t *testing.T) {
	prices := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "items=4&items=9" {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, `{"prices":[10,2]}`)
	}
	status, body := answered(t, aUser, ordersOfIt, prices)
	if want := `{"user":7,"credit":30,"items":[4,9],"total":12}`; status != http.StatusOK || strings.TrimSpace(body) != want {
		t.Errorf("%d, %s", status, body)
	}
}

func TestWhatAServiceDoesNotHaveIsNotFound(t *testing.T) {
	if status, _ := answered(t, http.NotFound, ordersOfIt, says(`{}`)); status != http.StatusNotFound {
		t.Error(status)
	}
}

func TestPricesOfNothingAreRefused(t *testing.T) {
	recorder := httptest.NewRecorder()
	(&service{}).prices(recorder, httptest.NewRequest(http.MethodGet, "/prices", nil))
	if recorder.Code != http.StatusBadRequest {
		t.Error(recorder.Code)
	}
}

func TestAServiceThatDoesNotAnswerIsATimeout(t *testing.T) {
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	if status, _ := answered(t, aUser, ordersOfIt, silent); status != http.StatusGatewayTimeout {
		t.Error(status)
	}
}

func TestAServiceThatFailsIsNotAvailable(t *testing.T) {
	fails := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusInternalServerError) }
	if status, _ := answered(t, aUser, fails, says(`{}`)); status != http.StatusServiceUnavailable {
		t.Error(status)
	}
}
