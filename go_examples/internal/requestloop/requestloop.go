// Package requestloop is a service that holds many decoded documents, answers requests, and times each of them. The Python twin
// is bench/workloads/memory/request_loop.py.
//
// A request decodes a document with encoding/json, builds an order whose lines lead back to it, as an object-relational mapper
// does, works out its price, and puts the document into the cache in place of another.
package requestloop

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"go_examples/internal/draws"
	"go_examples/internal/report"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Records  int `report:"records"`
	Lines    int `report:"lines"`
	Requests int `report:"requests"`
}

// Document is what comes from the network.
type Document struct {
	Customer string         `json:"customer"`
	Discount int            `json:"discount"`
	Lines    []documentLine `json:"lines"`
}

type documentLine struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Cents    int    `json:"cents"`
}

// Cache holds documents by key.
type Cache map[int]*Document

const bodies = 64

// order knows its lines, which know it.
type order struct {
	customer string
	discount int
	lines    []*line
}

type line struct {
	order    *order
	sku      string
	quantity int
	cents    int
}

func newOrder(document *Document) *order {
	o := &order{customer: document.Customer, discount: document.Discount, lines: make([]*line, len(document.Lines))}
	for i, l := range document.Lines {
		o.lines[i] = &line{order: o, sku: l.SKU, quantity: l.Quantity, cents: l.Cents}
	}
	return o
}

func (o *order) price() int {
	total := 0
	for _, l := range o.lines {
		total += l.price()
	}
	return total
}

func (l *line) price() int { return l.quantity * l.cents * (100 - l.order.discount) / 100 }

// body returns the JSON of a document, as it would come from the network.
func body(number, lines int) []byte {
	text := []byte(`{"customer": "customer-`)
	text = strconv.AppendInt(text, int64(number), 10)
	text = append(text, `", "discount": `...)
	text = strconv.AppendInt(text, int64(number%30), 10)
	text = append(text, `, "lines": [`...)
	for i := range lines {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = append(text, `{"sku": "sku-`...)
		text = strconv.AppendInt(text, int64(number), 10)
		text = append(text, '-')
		text = strconv.AppendInt(text, int64(i), 10)
		text = append(text, `", "quantity": `...)
		text = strconv.AppendInt(text, int64(1+i%5), 10)
		text = append(text, `, "cents": `...)
		text = strconv.AppendInt(text, int64(100+7*i+number), 10)
		text = append(text, '}')
	}
	return append(text, "]}"...)
}

func allBodies(lines int) [][]byte {
	all := make([][]byte, bodies)
	for number := range all {
		all[number] = body(number, lines)
	}
	return all
}

func decode(text []byte) *Document {
	var document Document
	if err := json.Unmarshal(text, &document); err != nil {
		panic(err)
	}
	return &document
}

// Load returns the cache, filled.
func Load(in Input) Cache {
	texts := allBodies(in.Lines)
	cache := make(Cache, in.Records)
	for key := range in.Records {
		cache[key] = decode(texts[key%bodies])
	}
	return cache
}

// Serve returns the sum of the answers; the mark carries the quantiles, the largest and the mean of the requests' times in seconds.
//
// A request lasts until the next one begins: no pause falls between two of them.
func Serve(in Input, cache Cache, mark report.Mark) int {
	texts := allBodies(in.Lines)
	total := 0
	state := uint32(1)
	times := make([]time.Duration, in.Requests)
	var before, after debug.GCStats
	debug.ReadGCStats(&before)
	began := time.Now()
	start := began
	for i := range times {
		state = draws.Following(state)
		key := int(state>>8) % len(cache)
		state = draws.Following(state)
		document := decode(texts[int(state>>8)%bodies])
		total += newOrder(document).price() + cache[key].Discount
		cache[key] = document
		end := time.Now()
		times[i] = end.Sub(start)
		start = end
	}
	all := start.Sub(began)
	debug.ReadGCStats(&after)
	runtime.KeepAlive(cache)
	slices.Sort(times)
	mark("done",
		report.Figure{Name: "p50", Value: times[in.Requests/2].Seconds()},
		report.Figure{Name: "p90", Value: times[in.Requests*9/10].Seconds()},
		report.Figure{Name: "p99", Value: times[in.Requests*99/100].Seconds()},
		report.Figure{Name: "p999", Value: times[in.Requests*999/1000].Seconds()},
		report.Figure{Name: "max", Value: times[in.Requests-1].Seconds()},
		report.Figure{Name: "mean", Value: all.Seconds() / float64(in.Requests)},
		report.Figure{Name: "collections", Value: float64(after.NumGC - before.NumGC)},
		report.Figure{Name: "pause_total", Value: (after.PauseTotal - before.PauseTotal).Seconds()},
	)
	return total
}
