// Package endpoints holds what the load generator asks web servers, and what they have to answer: the contract of
// docs/decisions/web.md. What a request asks for is drawn from the seed and its place in the sequence, so each answer is known.
package endpoints

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"go_examples/internal/documentspb"
	"go_examples/internal/perceptron"
)

const (
	rows       = 10_000  // of the tables world and counter
	several    = 20      // queries or updates of one request, documents of one call
	streamed   = 1 << 20 // bytes
	primeCount = 2262    // below 20,000
	calls      = 3       // to the upstream
	unlimited  = 20      // what limit is when a request has none
)

var (
	first = [...]string{"Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "Ken"}
	last  = [...]string{"Allen", "Dijkstra", "Hopper", "Knuth", "Liskov", "Lovelace", "Thompson", "Turing"}
	sizes = [...]string{"large", "medium", "small"}
)

// Burst is how many messages a request to a WebSocket is.
const Burst = 16

// Endpoint is one of the requests that all servers answer.
type Endpoint struct {
	Name string
	// WebSocket says that a request is Burst messages at once, and its answer the same messages.
	WebSocket bool
	// Call is what is asked for where that is a call of gRPC, and no request of HTTP/1.1.
	Call *Call
	// Invalid are requests that have to be refused.
	Invalid []Invalid

	method  string
	path    func(to []byte, d draw) []byte
	headers func(to []byte, d draw) []byte // lines of the head; none: no more than all requests have
	body    func(to []byte, d draw) []byte // none: the request has no body
	answer  func(to []byte, d draw) []byte
	media   string
	compare func(want, got []byte) error
	length  func(d draw) (least, most int)              // none: that of the answer, and one for a newline
	head    func(response *http.Response, d draw) error // what else the head of an answer has to say; none: nothing
	parts   []part                                      // of a mix, which has nothing else
}

// Invalid is a request that has to be answered by a status of 4xx, or by Status, with a body that contains Names.
type Invalid struct {
	What    string
	Method  string
	Path    string
	Headers string // lines of the head
	Body    string
	Status  int // 0: any of 4xx
	Names   []string
}

// Sources are what some answers follow from.
type Sources struct {
	Messages []string           // of the fortunes, which are those of the schema: Messages reads them
	Layers   []perceptron.Layer // of the model that classify asks
	Key      string             // of the tokens that production-post takes
}

// Named returns an endpoint.
func Named(name string, sources Sources) (Endpoint, error) {
	endpoint, known := all[name]
	if !known {
		return Endpoint{}, fmt.Errorf("unknown endpoint %q: it is one of %s", name, strings.Join(Names(), ", "))
	}
	switch name {
	case "fortunes":
		if len(sources.Messages) == 0 {
			return Endpoint{}, fmt.Errorf("fortunes need -schema, which has their messages")
		}
		page := page(sources.Messages)
		endpoint.answer = func(to []byte, _ draw) []byte { return append(to, page...) }
	case "classify":
		if len(sources.Layers) == 0 {
			return Endpoint{}, fmt.Errorf("classify needs -weights, which has its model")
		}
		model, err := newClassifier(sources.Layers)
		if err != nil {
			return Endpoint{}, err
		}
		endpoint.body, endpoint.answer, endpoint.length = model.body, model.answer, model.length
	case "production-post":
		service, refused, err := newGuarded(sources.Key)
		if err != nil {
			return Endpoint{}, err
		}
		endpoint.headers, endpoint.Invalid = service.headers, refused
	}
	if endpoint.Call != nil {
		endpoint.Call = endpoint.Call.prepared()
	}
	endpoint.Name = name
	return endpoint, nil
}

// Names returns the names of all endpoints.
func Names() []string { return slices.Sorted(maps.Keys(all)) }

var all = map[string]Endpoint{
	"plaintext": {
		method:  "GET",
		path:    constant("/plaintext"),
		answer:  constant("Hello, World!"),
		media:   "text/plain",
		compare: sameBytes,
		length:  func(draw) (int, int) { return len("Hello, World!"), len("Hello, World!") },
	},
	"json": {
		method:  "GET",
		path:    constant("/json"),
		answer:  constant(`{"message":"Hello, World!"}`),
		media:   "application/json",
		compare: sameJSON,
	},
	"parameters": {
		method:  "GET",
		path:    itemPath,
		answer:  itemAnswer,
		media:   "application/json",
		compare: sameJSON,
		Invalid: []Invalid{
			{What: "an id that is no integer", Method: "GET", Path: "/items/abc?size=large&limit=10"},
			{What: "a limit that is no integer", Method: "GET", Path: "/items/123?size=large&limit=ten"},
		},
	},
	"validated-post": {
		method:  "POST",
		path:    constant("/orders"),
		body:    orderBody,
		answer:  orderAnswer,
		media:   "application/json",
		compare: sameJSON,
		Invalid: invalidOrders,
	},
	"production-post": {
		method:  "POST",
		path:    constant("/orders"),
		body:    orderBody,
		answer:  orderAnswer,
		media:   "application/json",
		compare: sameJSON,
		head:    sameTrace,
	},
	"one-query": {
		method:  "GET",
		path:    func(to []byte, d draw) []byte { return strconv.AppendInt(append(to, "/worlds/"...), int64(d.id()), 10) },
		answer:  func(to []byte, d draw) []byte { return appendWorld(to, d, d.id()) },
		media:   "application/json",
		compare: sameJSON,
	},
	"twenty-queries": {
		method:  "GET",
		path:    func(to []byte, d draw) []byte { return appendFirst(append(to, "/worlds"...), d) },
		answer:  worldsAnswer,
		media:   "application/json",
		compare: sameJSON,
	},
	"fortunes": {
		method:  "GET",
		path:    constant("/fortunes"),
		media:   "text/html; charset=utf-8",
		compare: samePage,
		length:  func(draw) (int, int) { return 0, 0 }, // that of the first answer, as white space and entities are free
	},
	"twenty-updates": {
		method:  "POST",
		path:    func(to []byte, d draw) []byte { return appendFirst(append(to, "/counters"...), d) },
		body:    constant(""),
		answer:  constant(fmt.Sprintf(`{"updated":%d}`, several)),
		media:   "application/json",
		compare: sameJSON,
	},
	"slow-upstream": {
		method:  "GET",
		path:    constant("/upstream"),
		answer:  constant(fmt.Sprintf(`{"calls":%d,"bytes":%d}`, calls, calls*len("ok\n"))),
		media:   "application/json",
		compare: sameJSON,
	},
	"cpu-bound": {
		method:  "GET",
		path:    constant("/primes"),
		answer:  constant(fmt.Sprintf(`{"primes":%d}`, primeCount)),
		media:   "application/json",
		compare: sameJSON,
	},
	"stream": {
		method:  "GET",
		path:    constant("/stream"),
		answer:  constant(strings.Repeat("x", streamed)),
		media:   "application/octet-stream",
		compare: sameStream,
		length:  func(draw) (int, int) { return streamed, streamed },
	},
	"classify": {
		method:  "POST",
		path:    constant("/classify"),
		media:   "application/json",
		compare: samePrediction,
		Invalid: invalidImages,
	},
	"chain":            chain,
	"chain-gateway":    chain,
	"chain-users":      chainUsers,
	"chain-orders":     chainOrders,
	"chain-prices":     chainPrices,
	"crud-read":        crudRead,
	"crud-list":        crudList,
	"crud-insert":      crudInsert,
	"crud-update":      crudUpdate,
	"crud-mix":         mixed(part{60, crudRead}, part{20, crudList}, part{15, crudInsert}, part{5, crudUpdate}),
	"grpc-unary-100b":  calling(1, documentspb.Size_SIZE_SHORT),
	"grpc-unary-10kb":  calling(1, documentspb.Size_SIZE_LONG),
	"grpc-stream-100b": calling(several, documentspb.Size_SIZE_SHORT),
	"grpc-stream-10kb": calling(several, documentspb.Size_SIZE_LONG),
	"websocket": {
		WebSocket: true,
		method:    "GET",
		path:      constant("/ws"),
		answer:    func(to []byte, d draw) []byte { return strconv.AppendUint(append(to, "message "...), d.bits, 16) },
	},
}

func constant(text string) func([]byte, draw) []byte {
	return func(to []byte, _ draw) []byte { return append(to, text...) }
}

func appendFirst(to []byte, d draw) []byte {
	return strconv.AppendInt(append(to, "?first="...), int64(d.first()), 10)
}

func appendWorld(to []byte, d draw, id int) []byte {
	to = strconv.AppendInt(append(to, `{"id":`...), int64(id), 10)
	to = strconv.AppendInt(append(to, `,"number":`...), int64(d.number(id)), 10)
	return append(to, '}')
}

func worldsAnswer(to []byte, d draw) []byte {
	to = append(to, '[')
	for i := range several {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendWorld(to, d, d.first()+i)
	}
	return append(to, ']')
}

// item returns what a request for an item asks for; one in four has no limit.
func (d draw) item() (id int, size string, limit int, limited bool) {
	limit, limited = d.between(1, 100, 16), d.between(1, 4, 48) > 1
	if !limited {
		limit = unlimited
	}
	return d.id(), sizes[d.between(0, len(sizes)-1, 32)], limit, limited
}

func itemPath(to []byte, d draw) []byte {
	id, size, limit, limited := d.item()
	to = strconv.AppendInt(append(to, "/items/"...), int64(id), 10)
	to = append(append(to, "?size="...), size...)
	if limited {
		to = strconv.AppendInt(append(to, "&limit="...), int64(limit), 10)
	}
	return to
}

func itemAnswer(to []byte, d draw) []byte {
	id, size, limit, _ := d.item()
	to = strconv.AppendInt(append(to, `{"id":`...), int64(id), 10)
	to = append(append(to, `,"size":"`...), size...)
	to = strconv.AppendInt(append(to, `","limit":`...), int64(limit), 10)
	return append(to, '}')
}

// order returns what is ordered; some of it costs nothing.
func (d draw) order() (name, surname string, quantity, price int) {
	price = max(0, d.between(-999, 9999, 48))
	return first[d.between(0, len(first)-1, 0)], last[d.between(0, len(last)-1, 16)], d.between(1, 1000, 32), price
}

func orderBody(to []byte, d draw) []byte {
	name, surname, quantity, price := d.order()
	to = append(append(to, `{"customer":"`...), name...)
	to = append(append(to, ' '), surname...)
	to = append(append(to, `","email":"`...), surname...)
	to = strconv.AppendInt(append(to, `@example.com","quantity":`...), int64(quantity), 10)
	to = strconv.AppendInt(append(to, `,"price":`...), int64(price), 10)
	return append(to, '}')
}

func orderAnswer(to []byte, d draw) []byte {
	name, surname, quantity, price := d.order()
	to = append(append(to, `{"customer":"`...), name...)
	to = append(append(to, ' '), surname...)
	to = strconv.AppendInt(append(to, `","total":`...), int64(quantity*price), 10)
	return append(to, '}')
}

var invalidOrders = []Invalid{
	order("nothing", `{}`, "customer", "email", "quantity", "price"),
	order("no customer", `{"email":"ada@example.com","quantity":3,"price":1250}`, "customer"),
	order("no email", `{"customer":"Ada Lovelace","quantity":3,"price":1250}`, "email"),
	order("no quantity", `{"customer":"Ada Lovelace","email":"ada@example.com","price":1250}`, "quantity"),
	order("no price", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":3}`, "price"),
	order("an empty customer", `{"customer":"","email":"ada@example.com","quantity":3,"price":1250}`, "customer"),
	order(
		"a customer of 101 characters",
		`{"customer":"`+strings.Repeat("a", 101)+`","email":"ada@example.com","quantity":3,"price":1250}`,
		"customer",
	),
	order("a customer that is a number", `{"customer":7,"email":"ada@example.com","quantity":3,"price":1250}`, "customer"),
	order("an email that is none", `{"customer":"Ada Lovelace","email":"ada","quantity":3,"price":1250}`, "email"),
	order("a quantity in words", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":"three","price":1250}`, "quantity"),
	order("half a quantity", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":2.5,"price":1250}`, "quantity"),
	order("a quantity of 0", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":0,"price":1250}`, "quantity"),
	order("a quantity of 1001", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":1001,"price":1250}`, "quantity"),
	order("a price below 0", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":3,"price":-1}`, "price"),
	order("a price above 1000000", `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":3,"price":1000001}`, "price"),
	order("two wrong fields", `{"customer":"","email":"ada@example.com","quantity":3,"price":-1}`, "customer", "price"),
	order("half a document", `{"customer":"Ada`),
}

func order(what, body string, names ...string) Invalid {
	return Invalid{What: what, Method: "POST", Path: "/orders", Body: body, Names: names}
}
