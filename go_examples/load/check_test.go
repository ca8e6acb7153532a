package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

func checking(t *testing.T, address, endpoint string, limit float64) error {
	t.Helper()
	line := `{"mode":"check","target":%q,"endpoint":%q,"seed":%d,"requests":32,"limit":%g}`
	found, err := check(planned(t, fmt.Sprintf(line, address, endpoint, seed, limit)))
	if err == nil && found.Valid != 32 {
		t.Errorf("%d answers were valid", found.Valid)
	}
	return err
}

func TestAServerThatKeepsTheContractPasses(t *testing.T) {
	for _, endpoint := range requested() {
		if err := checking(t, keeping(t, endpoint), endpoint, 10); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

// changed answers as the contract says, but for what a change makes of it.
func changed(change func(w http.ResponseWriter, kept *httptest.ResponseRecorder)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := httptest.NewRecorder()
		right.ServeHTTP(kept, r)
		change(w, kept)
	})
}

// replaced answers as the contract says, but for a text in the body.
func replaced(old, new string) http.Handler {
	return changed(func(w http.ResponseWriter, kept *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", kept.Header().Get("Content-Type"))
		w.WriteHeader(kept.Code)
		w.Write(bytes.ReplaceAll(kept.Body.Bytes(), []byte(old), []byte(new)))
	})
}

func TestAServerThatDoesNotIsRefusedWithTheReason(t *testing.T) {
	status := func(code int) http.Handler {
		return changed(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { http.Error(w, "Sorry.", code) })
	}
	media := func(value string) http.Handler {
		return changed(func(w http.ResponseWriter, kept *httptest.ResponseRecorder) {
			w.Header().Set("Content-Type", value)
			w.Write(kept.Body.Bytes())
		})
	}
	drops := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	cut := changed(func(w http.ResponseWriter, kept *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", kept.Header().Get("Content-Type"))
		w.Header().Set("Content-Length", "1000")
		io.Copy(w, kept.Body)
	})
	for name, refused := range map[string]struct {
		endpoint string
		server   http.Handler
		said     string
	}{
		"wrong body":           {"json", replaced("World", "Wolrd"), `GET /json: answered wrong: want .*World.*, got .*Wolrd`},
		"wrong text":           {"plaintext", replaced("!", "."), `GET /plaintext: answered wrong: want Hello, World!, got Hello, World\.$`},
		"another form":         {"json", replaced(":", ": "), `got .*"message": "Hello.*; the value is right, its form is not`},
		"two newlines":         {"json", replaced("\n", "\n\n"), `its form is not`},
		"no JSON":              {"json", replaced("}", ""), `answered wrong: want \{"message":"Hello, World!"\}, got`},
		"status 500":           {"json", status(500), `GET /json: answered with status 500: want 200, got Sorry\.`},
		"status 201":           {"twenty-updates", status(201), `POST /counters\?first=\d+: answered with status 201`},
		"content type":         {"json", media("text/plain"), `want the content type application/json, got "text/plain"`},
		"character set":        {"fortunes", media("text/html"), `want the content type text/html; charset=utf-8`},
		"dropped":              {"json", drops, `GET /json: the server dropped the connection`},
		"cut off":              {"json", cut, `GET /json: the server dropped the connection`},
		"a row of another":     {"one-query", replaced(`"number":`, `"number":1`), `GET /worlds/\d+: answered wrong: want \{"id":\d+,"number":\d+\}`},
		"a row too few":        {"twenty-queries", replaced(`},{"id"`, `},{"di"`), `GET /worlds\?first=\d+: answered wrong: want \[`},
		"limit ignored":        {"parameters", replaced(`"limit":2`, `"limit":3`), `GET /items/`},
		"another mixed answer": {"crud-mix", replaced(`"quantity":`, `"quantity":1`), `(GET|POST|PUT) /purchases\S*: answered wrong: want .*"id":\d+,"customer"`},
		"an old id":            {"crud-insert", replaced(`"id":12345`, `"id":1234`), `POST /purchases: answered wrong: want \{"id":10001,`},
		"raw script":           {"fortunes", replaced("&lt;script&gt;", "<script>"), `want <script> escaped, got it raw`},
		"escaped twice":        {"fortunes", replaced("&lt;", "&amp;lt;"), `GET /fortunes: answered wrong: want text <script>.*got text &lt;script`},
		"a fortune too few":    {"fortunes", replaced("Measure twice, deploy once.", ""), `want text Measure twice`},
		"a page cut off":       {"fortunes", replaced("</html>", ""), `want </html>, got the end`},
		"a short stream":       {"stream", replaced(strings.Repeat("x", 1<<20), strings.Repeat("x", 1<<20-1)), `want 1048576 bytes, got 1048575`},
		"a changed stream":     {"stream", replaced(strings.Repeat("x", 1<<20), strings.Repeat("x", 1<<20-1)+"y"), `want 'x' as byte 1048575, got 'y'`},
		"no field named":       {"validated-post", replaced("quantity", "field"), `POST /orders: with .* answered wrong: want a body that names quantity`},
		"one of two named":     {"validated-post", replaced("[customer price]", "[price]"), `with two wrong fields answered wrong: want a body that names customer`},
		"no WebSocket":         {"websocket", status(404), `GET /ws: .*status 404`},
		"everything is fine":   {"validated-post", replacedStatus(400, 200), `POST /orders: with nothing answered with status 200: want 4xx`},
		"any id is fine":       {"parameters", replacedStatus(400, 200), `GET /items/abc\S+: with an id that is no integer answered with status 200`},
		"an id fails":          {"parameters", replacedStatus(400, 500), `GET /items/abc\S+: with an id that is no integer answered with status 500`},
	} {
		t.Run(name, func(t *testing.T) {
			err := checking(t, serving(t, refused.server), refused.endpoint, 10)
			if err == nil || !regexp.MustCompile(refused.said).MatchString(err.Error()) {
				t.Errorf("want %s, got %v", refused.said, err)
			}
		})
	}
}

// replacedStatus answers as the contract says, but for a status.
func replacedStatus(old, new int) http.Handler {
	return changed(func(w http.ResponseWriter, kept *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", kept.Header().Get("Content-Type"))
		if kept.Code == old {
			kept.Code = new
		}
		w.WriteHeader(kept.Code)
		w.Write(kept.Body.Bytes())
	})
}

func TestAServerThatIsTooSlowIsRefused(t *testing.T) {
	gone := make(chan struct{})
	slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-gone })
	address := serving(t, slow)
	t.Cleanup(func() { close(gone) })
	start := time.Now()
	if err := checking(t, address, "json", 0.1); err == nil || err.Error() != "GET /json: not answered within 0.1 s" {
		t.Error(err)
	}
	if waited := time.Since(start); waited < 100*time.Millisecond {
		t.Errorf("refused after %v", waited)
	}
}

func TestAServerThatIsNotThereIsRefused(t *testing.T) {
	server := httptest.NewServer(right)
	server.Close()
	if err := checking(t, server.Listener.Addr().String(), "json", 1); err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Error(err)
	}
}

func TestMessagesThatDoNotComeBackAreRefused(t *testing.T) {
	for name, refused := range map[string]struct {
		answer func(message string) string
		said   string
	}{
		"changed":    {func(message string) string { return message + "!" }, `GET /ws: answered wrong: want message`},
		"not at all": {nil, "the connection failed|dropped the connection"},
	} {
		t.Run(name, func(t *testing.T) {
			err := checking(t, serving(t, answering(refused.answer)), "websocket", 10)
			if err == nil || !regexp.MustCompile(refused.said).MatchString(err.Error()) {
				t.Errorf("want %s, got %v", refused.said, err)
			}
		})
	}
}
