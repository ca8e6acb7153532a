package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

const (
	key     = "a key of the tests, which is no secret"
	another = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
)

// keeping starts a server that keeps the contract of an endpoint, and returns its address.
func keeping(t *testing.T, endpoint string) string {
	t.Helper()
	if endpoint == "production-post" {
		return serving(t, traced(carried, guarded(http.StatusUnauthorized, right)))
	}
	return serving(t, right)
}

// traced answers with what it makes of the header traceparent, in the header traceresponse.
func traced(respond func(traceparent string) string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Traceresponse", respond(r.Header.Get("Traceparent")))
		next.ServeHTTP(w, r)
	})
}

// carried returns the trace of a header, or another one where it has none, with an identifier of its own.
func carried(traceparent string) string {
	if traceparent == "" {
		traceparent = another
	}
	return traceparent[:36] + "00f067aa0ba902b7" + traceparent[52:]
}

// guarded answers those without a token by a status.
func guarded(status int, next http.Handler) http.Handler {
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuer("https://id.example.org"), jwt.WithAudience("orders"),
		jwt.WithExpirationRequired(),
	)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if _, err := parser.Parse(token, func(*jwt.Token) (any, error) { return []byte(key), nil }); err != nil || !bearer {
			http.Error(w, "no token", status)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestAServiceThatDoesNotDoWhatProductionAsksForIsRefused(t *testing.T) {
	guard := guarded(http.StatusUnauthorized, right)
	for name, refused := range map[string]struct {
		server http.Handler
		said   string
	}{
		"no trace":           {guard, `answered wrong: want a traceresponse, got ""`},
		"no trace, but zero": {traced(func(string) string { return strings.Repeat("0", 2) + "-" + strings.Repeat("0", 32) + "-1" }, guard), `want a traceresponse`},
		"another trace":      {traced(func(string) string { return another }, guard), `want the trace [0-9a-f]{32}, got "` + another},
		"no own identifier":  {traced(func(header string) string { return header + another[min(len(header), len(another)):] }, guard), `want an identifier of its own`},
		"everybody":          {traced(carried, right), `POST /orders: with no token answered with status 200: want 401`},
		"another status":     {traced(carried, guarded(http.StatusForbidden, right)), `POST /orders: with no token answered with status 403: want 401`},
		"any order":          {traced(carried, guarded(http.StatusUnauthorized, replacedStatus(400, 200))), `with nothing answered with status 200: want 4xx`},
	} {
		t.Run(name, func(t *testing.T) {
			err := checking(t, serving(t, refused.server), "production-post", 10)
			if err == nil || !regexp.MustCompile(refused.said).MatchString(err.Error()) {
				t.Errorf("want %s, got %v", refused.said, err)
			}
		})
	}
}
