package contract

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"go_examples/web/internal/production"
)

const (
	key    = "a key of the tests, which is no secret"
	parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
)

// CheckProduction has a service answer requests as one in production does.
func CheckProduction(t *testing.T, routes func(*production.Service) http.Handler) {
	file := filepath.Join(t.TempDir(), "access.log")
	t.Setenv("KEY", key)
	t.Setenv("ACCESS_LOG", file)
	service, err := production.New()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(routes(service))
	t.Cleanup(server.Close)
	t.Run("takes a token", func(t *testing.T) { takesToken(t, server) })
	t.Run("refuses without a token", func(t *testing.T) { refusesWithoutToken(t, server) })
	t.Run("carries the trace on", func(t *testing.T) { carriesTrace(t, server) })
	t.Run("logs and counts", func(t *testing.T) { logsAndCounts(t, server, file) })
}

// place orders something; headers are names and values in turn.
func place(t *testing.T, server *httptest.Server, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, server.URL+"/orders", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for header := range slices.Chunk(headers, 2) {
		request.Header.Set(header[0], header[1])
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

// authorization returns the header of a token, changed or not.
func authorization(t *testing.T, key string, change func(jwt.MapClaims)) string {
	t.Helper()
	claims := jwt.MapClaims{
		"iss": "https://id.example.org", "sub": "1", "aud": "orders", "iat": 1_750_000_000, "exp": time.Now().Add(time.Hour).Unix(),
	}
	change(claims)
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

func unchanged(jwt.MapClaims) {}

func takesToken(t *testing.T, server *httptest.Server) {
	response, body := place(t, server, valid, "Authorization", authorization(t, key, unchanged))
	if response.StatusCode != http.StatusOK || strings.TrimSpace(body) != `{"customer":"Ada Lovelace","total":3750}` {
		t.Errorf("got %s %q", response.Status, body)
	}
	response, body = place(t, server, `{}`, "Authorization", authorization(t, key, unchanged))
	if response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "quantity") {
		t.Errorf("got %s %q, want 400 and the fields", response.Status, body)
	}
}

func refusesWithoutToken(t *testing.T, server *httptest.Server) {
	with := func(name string, value any) func(jwt.MapClaims) { return func(c jwt.MapClaims) { c[name] = value } }
	for what, header := range map[string]string{
		"nothing":          "",
		"an empty token":   "Bearer ",
		"another scheme":   strings.Replace(authorization(t, key, unchanged), "Bearer", "Basic", 1),
		"another key":      authorization(t, key+"?", unchanged),
		"another audience": authorization(t, key, with("aud", "invoices")),
		"another issuer":   authorization(t, key, with("iss", "https://id.example.com")),
		"an old token":     authorization(t, key, with("exp", time.Now().Add(-time.Minute).Unix())),
		"an endless token": authorization(t, key, func(c jwt.MapClaims) { delete(c, "exp") }),
		"a token of later": authorization(t, key, with("nbf", time.Now().Add(time.Hour).Unix())),
	} {
		response, body := place(t, server, valid, "Authorization", header)
		if response.StatusCode != http.StatusUnauthorized || response.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: got %s %q", what, response.Status, body)
		}
	}
}

func carriesTrace(t *testing.T, server *httptest.Server) {
	form := regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])$`)
	token := authorization(t, key, unchanged)
	for header, kept := range map[string]bool{
		parent: true,
		strings.Replace(parent, "00", "cc", 1) + "-later": true,
		"":                                     false,
		parent + "-more":                       false,
		strings.Replace(parent, "00", "ff", 1): false,
		strings.ToUpper(parent):                false,
		"00-00000000000000000000000000000000-b7ad6b7169203331-01": false,
		"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01": false,
	} {
		response, _ := place(t, server, valid, "Authorization", token, "traceparent", header)
		got := form.FindStringSubmatch(response.Header.Get("traceresponse"))
		if got == nil || (got[1] == parent[3:35]) != kept || got[2] == parent[36:52] || (got[3] == "00") != kept {
			t.Errorf("%q: got %q", header, response.Header.Get("traceresponse"))
		}
	}
}

func logsAndCounts(t *testing.T, server *httptest.Server, file string) {
	counted, timed := series(t, server, `http_requests_total{method="POST",route="/orders",status="200"}`),
		series(t, server, `http_request_duration_seconds_count{method="POST",route="/orders"}`)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const orders = 20
	for range orders {
		place(t, server, valid, "Authorization", authorization(t, key, unchanged), "traceparent", parent)
	}
	if now := series(t, server, `http_requests_total{method="POST",route="/orders",status="200"}`); now != counted+orders {
		t.Errorf("%d requests were counted, and then %d", counted, now)
	}
	if now := series(t, server, `http_request_duration_seconds_count{method="POST",route="/orders"}`); now != timed+orders {
		t.Errorf("%d requests were timed, and then %d", timed, now)
	}
	all, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	logged := 0
	for line := range bytes.Lines(all[len(before):]) {
		var entry struct {
			Time    time.Time `json:"time"`
			Level   string    `json:"level"`
			Msg     string    `json:"msg"`
			Method  string    `json:"method"`
			Path    string    `json:"path"`
			Status  int       `json:"status"`
			Seconds float64   `json:"seconds"`
			Trace   string    `json:"trace_id"`
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if entry.Path != "/orders" {
			continue
		}
		logged++
		if entry.Status != 200 || entry.Method != "POST" || entry.Trace != parent[3:35] || entry.Seconds <= 0 || entry.Time.IsZero() ||
			entry.Level != "INFO" || entry.Msg != "request" {
			t.Errorf("%s", line)
		}
	}
	if logged != orders {
		t.Errorf("%d of %d requests were logged", logged, orders)
	}
}

// series returns the value of a time series; 0 where there is none.
func series(t *testing.T, server *httptest.Server, name string) int {
	t.Helper()
	_, text := ask(t, server, http.MethodGet, "/metrics", "")
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			var number float64
			if err := json.Unmarshal([]byte(value), &number); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			return int(number)
		}
	}
	return 0
}
