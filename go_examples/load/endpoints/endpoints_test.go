package endpoints

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	seed = 7
	key  = "a key of the tests, which is no secret"
)

func schema(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../bench/workloads/web/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func named(t *testing.T, name string) Endpoint {
	t.Helper()
	messages, err := Messages(schema(t))
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := Named(name, Sources{messages, layers(), key})
	if err != nil {
		t.Fatal(err)
	}
	return endpoint
}

// asked returns a request as a server reads it, and its body.
func asked(t *testing.T, bytesOf []byte) (*http.Request, string) {
	t.Helper()
	reader := bufio.NewReader(bytes.NewReader(bytesOf))
	request, err := http.ReadRequest(reader)
	if err != nil {
		t.Fatalf("%q: %v", bytesOf, err)
	}
	body, err := io.ReadAll(request.Body)
	if err != nil || reader.Buffered() > 0 {
		t.Fatalf("%q: %v, %d bytes too many", bytesOf, err, reader.Buffered())
	}
	return request, string(body)
}

func TestRequestsAndAnswersAreThoseOfTheContract(t *testing.T) {
	for name, contract := range map[string]struct{ request, body, answer string }{
		"plaintext":       {`GET /plaintext`, ``, `Hello, World!`},
		"json":            {`GET /json`, ``, `\{"message":"Hello, World!"\}`},
		"parameters":      {`GET /items/\d+\?size=(small|medium|large)(&limit=\d+)?`, ``, `\{"id":\d+,"size":"(small|medium|large)","limit":\d+\}`},
		"validated-post":  {`POST /orders`, `\{"customer":"\w+ \w+","email":"\w+@example.com","quantity":\d+,"price":\d+\}`, `\{"customer":"\w+ \w+","total":\d+\}`},
		"production-post": {`POST /orders`, `\{"customer":"\w+ \w+","email":"\w+@example.com","quantity":\d+,"price":\d+\}`, `\{"customer":"\w+ \w+","total":\d+\}`},
		"one-query":       {`GET /worlds/\d+`, ``, `\{"id":\d+,"number":\d+\}`},
		"twenty-queries":  {`GET /worlds\?first=\d+`, ``, `\[(\{"id":\d+,"number":\d+\},){19}\{"id":\d+,"number":\d+\}\]`},
		"fortunes":        {`GET /fortunes`, ``, `<!DOCTYPE html>.*</html>`},
		"twenty-updates":  {`POST /counters\?first=\d+`, ``, `\{"updated":20\}`},
		"crud-read":       {`GET /purchases/\d+`, ``, `\{"id":\d+,"customer":"Customer \d+","email":"customer\d+@example.com","quantity":\d+,"price":\d+\}`},
		"crud-list":       {`GET /purchases\?first=\d+`, ``, `\[(\{"id":\d+,"customer":"Customer \d+","email":"customer\d+@example.com","quantity":\d+,"price":\d+\},){99}\{"id":\d+,"customer":"Customer \d+","email":"customer\d+@example.com","quantity":\d+,"price":\d+\}\]`},
		"crud-insert":     {`POST /purchases`, `\{"customer":"\w+ \w+","email":"\w+@example.com","quantity":\d+,"price":\d+\}`, `\{"id":10001,"customer":"\w+ \w+","email":"\w+@example.com","quantity":\d+,"price":\d+\}`},
		"crud-update":     {`PUT /purchases/\d+`, `\{"customer":"Customer \d+","email":"customer\d+@example.com","quantity":\d+,"price":\d+\}`, `\{"id":\d+,"customer":"Customer \d+","email":"customer\d+@example.com","quantity":\d+,"price":\d+\}`},
		"chain":           {`GET /summaries/\d+`, ``, `\{"user":\d+,"credit":\d+,"items":\[\d+,\d+,\d+\],"total":\d+\}`},
		"chain-gateway":   {`GET /summaries/\d+`, ``, `\{"user":\d+,"credit":\d+,"items":\[\d+,\d+,\d+\],"total":\d+\}`},
		"chain-users":     {`GET /users/\d+`, ``, `\{"id":\d+,"credit":\d+\}`},
		"chain-orders":    {`GET /orders\?user=\d+`, ``, `\{"items":\[\d+,\d+,\d+\]\}`},
		"chain-prices":    {`GET /prices\?items=\d+&items=\d+&items=\d+`, ``, `\{"prices":\[\d+,\d+,\d+\]\}`},
		"slow-upstream":   {`GET /upstream`, ``, `\{"calls":3,"bytes":9\}`},
		"cpu-bound":       {`GET /primes`, ``, `\{"primes":2262\}`},
		"stream":          {`GET /stream`, ``, `x+`},
	} {
		endpoint := named(t, name)
		for i := range uint64(20) {
			request, body := asked(t, endpoint.AppendRequest(nil, "127.0.0.1:8000", seed, i))
			for want, got := range map[string]string{
				contract.request: request.Method + " " + request.RequestURI,
				contract.body:    body,
				contract.answer:  string(endpoint.AppendAnswer(nil, seed, i)),
			} {
				if !regexp.MustCompile("^" + want + "$").MatchString(got) {
					t.Fatalf("%s: want %s, got %.300s", name, want, got)
				}
			}
			if request.Host != "127.0.0.1:8000" {
				t.Fatalf("host %q", request.Host)
			}
		}
	}
}

func TestARowIsWhatTheSchemaInserts(t *testing.T) {
	if !strings.Contains(schema(t), "(id * 7919 + :seed) % 10000 + 1 FROM generate_series(1, 10000)") {
		t.Fatal("the schema makes other rows")
	}
	if got := (draw{seed: 7}).number(4711); got != (4711*7919+7)%10000+1 {
		t.Errorf("got %d", got)
	}
}

func TestAnAnswerIsThatToItsRequest(t *testing.T) {
	endpoint := named(t, "validated-post")
	for i := range uint64(1000) {
		_, body := asked(t, endpoint.AppendRequest(nil, "", seed, i))
		var order struct{ Quantity, Price int }
		var answer struct{ Total int }
		if json.Unmarshal([]byte(body), &order) != nil || json.Unmarshal(endpoint.AppendAnswer(nil, seed, i), &answer) != nil {
			t.Fatal(body)
		}
		if answer.Total != order.Quantity*order.Price || order.Quantity < 1 || order.Quantity > 1000 || order.Price < 0 || order.Price > 1_000_000 {
			t.Fatalf("%+v costs %d", order, answer.Total)
		}
	}
}

func TestALimitThatIsNotGivenIsTwenty(t *testing.T) {
	endpoint := named(t, "parameters")
	given := map[bool]int{}
	for i := range uint64(1000) {
		request, _ := asked(t, endpoint.AppendRequest(nil, "", seed, i))
		given[request.FormValue("limit") != ""]++
		if want := `"limit":20}`; request.FormValue("limit") == "" && !strings.HasSuffix(string(endpoint.AppendAnswer(nil, seed, i)), want) {
			t.Fatalf("%s: want %s", request.RequestURI, want)
		}
	}
	if given[true] < 500 || given[false] < 100 {
		t.Errorf("%v", given)
	}
}

func TestIdsAreSpreadOverAllRows(t *testing.T) {
	seen := map[int]bool{}
	for i := range uint64(100_000) {
		d := drawn(seed, i)
		if d.id() < 1 || d.id() > rows || d.first() < 1 || d.first()+several-1 > rows {
			t.Fatalf("id %d, first %d", d.id(), d.first())
		}
		seen[d.id()] = true
	}
	if len(seen) < rows*99/100 {
		t.Errorf("%d of %d ids", len(seen), rows)
	}
}

func TestRequestsFollowFromTheSeed(t *testing.T) {
	endpoint := named(t, "one-query")
	for i := range uint64(100) {
		one, same := endpoint.AppendRequest(nil, "", 7, i), endpoint.AppendRequest(nil, "", 7, i)
		if !bytes.Equal(one, same) {
			t.Fatalf("%q and %q", one, same)
		}
	}
	if bytes.Equal(endpoint.AppendRequest(nil, "", 7, 0), endpoint.AppendRequest(nil, "", 8, 0)) {
		t.Error("another seed asks for the same")
	}
}

func TestTheLengthIsThatOfTheAnswer(t *testing.T) {
	for _, name := range Names() {
		endpoint := named(t, name)
		severalWays := []string{"fortunes", "classify", "crud-insert", "crud-mix"}
		if slices.Contains(severalWays, name) || endpoint.WebSocket || endpoint.Call != nil { // whose answers may be written in several ways
			continue
		}
		for i := range uint64(100) {
			least, most := endpoint.Length(nil, seed, i)
			if length := len(endpoint.AppendAnswer(nil, seed, i)); least != length || most < length || most > length+1 {
				t.Fatalf("%s: %d bytes are from %d to %d", name, length, least, most)
			}
		}
	}
}

func TestInvalidOrdersAreWrongInWhatTheyName(t *testing.T) {
	for _, invalid := range named(t, "validated-post").Invalid {
		_, body := asked(t, invalid.Request("127.0.0.1:8000"))
		var fields map[string]any
		if err := json.Unmarshal([]byte(body), &fields); err != nil && invalid.What != "half a document" {
			t.Errorf("%s: %v", invalid.What, err)
		}
		for _, name := range invalid.Names {
			if !slices.Contains([]string{"customer", "email", "quantity", "price"}, name) {
				t.Errorf("%s names %s", invalid.What, name)
			}
		}
	}
}

func TestTheFortunesAreThoseOfTheSchema(t *testing.T) {
	messages, err := Messages(schema(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(messages) != 12 || messages[7] != `"It works on my machine" & other short stories` || messages[11] != "フレームワークのベンチマーク" {
		t.Errorf("%q", messages)
	}
}

func TestAQuoteInAFortuneIsWrittenTwice(t *testing.T) {
	messages, err := Messages("INSERT INTO fortune VALUES (1, 'It''s late.'), (2, '''); --');")
	if err != nil || !slices.Equal(messages, []string{"It's late.", "'); --"}) {
		t.Errorf("%q, %v", messages, err)
	}
}

func TestASchemaThatIsReadWrongIsAnError(t *testing.T) {
	for text, said := range map[string]string{
		"":                            `there is no "INSERT INTO fortune VALUES"`,
		"INSERT INTO fortune VALUES;": "want the tuple (1, '",
		"INSERT INTO fortune VALUES (2, 'Later.');":               "want the tuple (1, '",
		"INSERT INTO fortune VALUES (1, 'One.'), (3, 'Three.');":  "want the tuple (2, '",
		"INSERT INTO fortune VALUES (1, 'One.":                    "a string does not end",
		"INSERT INTO fortune VALUES (1, 'One.' || 'Two.');":       "want the end of tuple 1",
		"INSERT INTO fortune VALUES (1, 'One.') ON CONFLICT DO 1": "want the end of tuple 1",
	} {
		if messages, err := Messages(text); err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%q: want %s, got %q, %v", text, said, messages, err)
		}
	}
}

func TestFortunesAreSortedByCodePoint(t *testing.T) {
	got := page([]string{"ア", "a", "Z", "é"})
	order := regexp.MustCompile(`<td>(\d)</td>`).FindAllStringSubmatch(got, -1)
	var ids []string
	for _, one := range order {
		ids = append(ids, one[1])
	}
	if !slices.Equal(ids, []string{"0", "3", "2", "4", "1"}) {
		t.Errorf("%v", ids)
	}
}

func TestHowAPageIsWrittenIsFree(t *testing.T) {
	page := `<!DOCTYPE html><html><body><td>&lt;b&gt; &#34;quoted&#34; &amp; more</td></body></html>`
	for other, same := range map[string]bool{
		"<!doctype html>\n<html>\n  <body>\n<td>&#60;b> &quot;quoted\" &amp; more</td></body></html>\n": true,
		"<!DOCTYPE html><html><body><td><b> \"quoted\" &amp; more</td></body></html>":                   false,
		"<!DOCTYPE html><html><body><td>&lt;b&gt; \"quoted\" &amp;amp; more</td></body></html>":         false,
		"<!DOCTYPE html><html><body><td>&lt;b&gt; \"quoted\" &amp; more </td></body></html>":            false,
		"<!DOCTYPE html><html><body><td id=\"1\">&lt;b&gt; \"quoted\" &amp; more</td></body></html>":    false,
		"<html><body><td>&lt;b&gt; \"quoted\" &amp; more</td></body></html>":                            false,
	} {
		if err := samePage([]byte(page), []byte(other)); (err == nil) != same {
			t.Errorf("%s: %v", other, err)
		}
	}
}

func TestALongAnswerIsShownShortened(t *testing.T) {
	if got := Short(bytes.Repeat([]byte("é"), 1000)); got != strings.Repeat("é", 160)+"... (2000 bytes)" {
		t.Error(got)
	}
}
