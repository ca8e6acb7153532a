package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// told returns the lines that answer lines.
func told(t *testing.T, lines ...string) []map[string]any {
	t.Helper()
	var output strings.Builder
	if err := serve(schema, "", "", strings.NewReader(strings.Join(lines, "\n")), &output); err != nil {
		t.Fatal(err)
	}
	var answers []map[string]any
	for decoder := json.NewDecoder(strings.NewReader(output.String())); ; {
		var answer map[string]any
		if err := decoder.Decode(&answer); err == io.EOF {
			return answers
		} else if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, answer)
	}
}

func TestALineThatMakesNoSenseIsAnsweredByWhy(t *testing.T) {
	for line, said := range map[string]string{
		`{`:                                     "unexpected EOF",
		`{"mode":"closed","pace":1}`:            `unknown field "pace"`,
		`{"mode":"closed","endpoint":"gopher"}`: `unknown endpoint "gopher": it is one of chain, chain-gateway, chain-orders, `,
		`{"mode":"closed","endpoint":"json","target":"localhost"}`:                                        `target "localhost": want an address`,
		`{"mode":"warp","endpoint":"json","target":"127.0.0.1:1"}`:                                        `unknown mode "warp"`,
		`{"mode":"check","endpoint":"json","target":"127.0.0.1:1"}`:                                       "a check needs requests",
		`{"mode":"closed","endpoint":"json","target":"127.0.0.1:1","seconds":1}`:                          "needs connections",
		`{"mode":"closed","endpoint":"json","target":"127.0.0.1:1","connections":1}`:                      "needs seconds",
		`{"mode":"open","endpoint":"json","target":"127.0.0.1:1","connections":1,"seconds":1}`:            "needs rate",
		`{"mode":"closed","endpoint":"json","target":"127.0.0.1:1","connections":1,"seconds":1,"rate":5}`: "has no rate",
	} {
		answers := told(t, "{}", line)
		failure, _ := answers[2]["failure"].(string)
		if !strings.HasPrefix(failure, "line 2: ") || !strings.Contains(failure, said) {
			t.Errorf("%s: want line 2 and %s, got %q", line, said, failure)
		}
	}
}

func TestFortunesNeedTheSchema(t *testing.T) {
	var output strings.Builder
	line := `{"mode":"check","endpoint":"fortunes","target":"127.0.0.1:1","requests":1,"limit":1}`
	if err := serve("", "", "", strings.NewReader(line), &output); err != nil || !strings.Contains(output.String(), "line 1: fortunes need -schema") {
		t.Error(err, output.String())
	}
}

func TestItSaysWhereItsUpstreamIs(t *testing.T) {
	if address, _ := told(t)[0]["upstream"].(string); !strings.HasPrefix(address, "127.0.0.1:") {
		t.Errorf("upstream %q", address)
	}
}

func TestTheUpstreamAnswersNoSoonerThanAskedAndCounts(t *testing.T) {
	started, err := startUpstream()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { started.listener.Close() })
	start := time.Now()
	response, err := http.Get("http://" + started.address() + "/?ms=20")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != "ok\n" {
		t.Errorf("got %q, %v", body, err)
	}
	if waited := time.Since(start); waited < 20*time.Millisecond {
		t.Errorf("the answer came after %v", waited)
	}
	if calls := started.calls.Load(); calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestTheUpstreamRefusesWhatIsNoTime(t *testing.T) {
	recorder := httptest.NewRecorder()
	(&upstream{}).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/?ms=soon", nil))
	if recorder.Code != http.StatusBadRequest {
		t.Errorf("status %d", recorder.Code)
	}
}
