package endpoints

import (
	"math"
	"strings"
	"testing"
)

// seedOfRuns is the harness's: bench/measure/http/web.py.
const seedOfRuns = 4201

func TestAMixHasTheSharesOfItsParts(t *testing.T) {
	const requests = 100_000
	mix := named(t, "crud-mix")
	counts := map[string]float64{}
	for i := range uint64(requests) {
		method, path, _ := strings.Cut(mix.Title(seedOfRuns, i), " ")
		if strings.Contains(path, "?") {
			method += " list"
		}
		counts[method] += 100. / requests
	}
	for kind, want := range map[string]float64{"GET": 60, "GET list": 20, "POST": 15, "PUT": 5} {
		if math.Abs(counts[kind]-want) > 0.5 {
			t.Errorf("%s: got %.2f %%, want %.0f %%", kind, counts[kind], want)
		}
	}
}

// The harness asks the database for at least so much work: SEEN in bench/measure/http/web.py.
func TestEachBeginningOfAMixHasNearlyTheSharesOfItsParts(t *testing.T) {
	mix := named(t, "crud-mix")
	var reads, inserts, updates float64
	for i := range uint64(20_000) {
		switch endpoint := mix.of(drawn(seedOfRuns, i)); endpoint.method {
		case "GET":
			reads++
			if strings.Contains(string(endpoint.path(nil, draw{})), "?") {
				reads += listed - 1
			}
		case "POST":
			inserts++
		case "PUT":
			updates++
		}
		if n := float64(i + 1); n >= 200 && (reads < 15*n || inserts < 0.1*n || updates < 0.02*n) {
			t.Fatalf("of the first %.0f: %.0f rows to read, %.0f inserts, %.0f updates", n, reads, inserts, updates)
		}
	}
}

func TestWhatAMixAsksForIsSpreadWithinEachPart(t *testing.T) {
	mix := named(t, "crud-mix")
	seen := map[string]map[int]bool{}
	for i := range uint64(100_000) {
		d := drawn(seedOfRuns, i)
		method := mix.of(d).method
		if seen[method] == nil {
			seen[method] = map[int]bool{}
		}
		seen[method][d.between(0, 99, 0)], seen[method][100+d.between(0, 99, 48)] = true, true
	}
	for method, places := range seen {
		if len(places) != 200 {
			t.Errorf("%s: %d of 200 places", method, len(places))
		}
	}
}

func TestAnInsertedPurchaseMayHaveAnyNewId(t *testing.T) {
	want := []byte(`{"id":10001,"customer":"Ada"}`)
	for got, same := range map[string]bool{
		`{"id":10001,"customer":"Ada"}`:         true,
		`{"id":123456,"customer":"Ada"}` + "\n": true,
		`{"id":4711,"customer":"Ada"}`:          false,
		`{"id":123456,"customer":"Bob"}`:        false,
		`{"customer":"Ada","id":123456}`:        false,
		`{"id":"123456","customer":"Ada"}`:      false,
	} {
		if err := sameInserted(want, []byte(got)); (err == nil) != same {
			t.Errorf("%s: %v", got, err)
		}
	}
}

func TestTheLengthsOfAnInsertedPurchaseAreThoseOfItsIds(t *testing.T) {
	endpoint := named(t, "crud-insert")
	for i := range uint64(100) {
		length := len(endpoint.AppendAnswer(nil, seed, i))
		if least, most := endpoint.Length(nil, seed, i); least != length || most != length+len("000000001\n")-len("10001") {
			t.Fatalf("%d bytes are from %d to %d", length, least, most)
		}
	}
}

func TestAPurchaseIsWhatTheSchemaInserts(t *testing.T) {
	const columns = "'Customer ' || id, 'customer' || id || '@example.com', id % 1000 + 1, (id * 7919 + :seed) % 10000 + 1"
	if !strings.Contains(schema(t), columns) {
		t.Fatal("the schema makes other purchases")
	}
	want := `{"id":4711,"customer":"Customer 4711","email":"customer4711@example.com","quantity":712,"price":6417}`
	if got := string(appendStored(nil, draw{seed: 7}, 4711)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
