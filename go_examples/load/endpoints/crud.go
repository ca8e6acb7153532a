package endpoints

import (
	"regexp"
	"slices"
	"strconv"
)

const (
	listed   = 100    // purchases of one list
	inserted = 10_001 // the least id of a purchase that is inserted, in place of the one that the database will give it
	digits   = 9      // the most that such an id has
)

var crudRead = Endpoint{
	method:  "GET",
	path:    purchasePath,
	answer:  func(to []byte, d draw) []byte { return appendStored(to, d, d.id()) },
	media:   "application/json",
	compare: sameJSON,
	Invalid: []Invalid{{What: "an id that is no integer", Method: "GET", Path: "/purchases/abc"}, {What: "an id without a purchase", Method: "GET", Path: "/purchases/0"}},
}

var crudList = Endpoint{
	method: "GET",
	path: func(to []byte, d draw) []byte {
		return strconv.AppendInt(append(to, "/purchases?first="...), int64(d.firstOfPage()), 10)
	},
	answer:  purchasesAnswer,
	media:   "application/json",
	compare: sameJSON,
	Invalid: []Invalid{{What: "a first that is no integer", Method: "GET", Path: "/purchases?first=abc"}},
}

var crudInsert = Endpoint{
	method:  "POST",
	path:    constant("/purchases"),
	body:    orderBody,
	answer:  insertedAnswer,
	media:   "application/json",
	compare: sameInserted,
	length: func(d draw) (int, int) {
		least := len(insertedAnswer(nil, d))
		return least, least + digits - len(strconv.Itoa(inserted)) + len("\n")
	},
	Invalid: at("/purchases", invalidOrders),
}

// crudUpdate writes what the purchase has already, so that what other requests read stays known.
var crudUpdate = Endpoint{
	method:  "PUT",
	path:    purchasePath,
	body:    func(to []byte, d draw) []byte { return appendFields(append(to, '{'), d, d.id()) },
	answer:  func(to []byte, d draw) []byte { return appendStored(to, d, d.id()) },
	media:   "application/json",
	compare: sameJSON,
	Invalid: []Invalid{
		{What: "a quantity of 0", Method: "PUT", Path: "/purchases/17", Body: `{"customer":"Ada","email":"ada@example.com","quantity":0,"price":1}`, Names: []string{"quantity"}},
		{What: "an id without a purchase", Method: "PUT", Path: "/purchases/0", Body: `{"customer":"Ada","email":"ada@example.com","quantity":1,"price":1}`},
	},
}

// at returns invalid requests as they are sent to another path.
func at(path string, requests []Invalid) []Invalid {
	moved := slices.Clone(requests)
	for i := range moved {
		moved[i].Path = path
	}
	return moved
}

// firstOfPage returns the first of as many ids as a list has.
func (d draw) firstOfPage() int { return d.between(1, rows-listed+1, 0) }

func purchasePath(to []byte, d draw) []byte {
	return strconv.AppendInt(append(to, "/purchases/"...), int64(d.id()), 10)
}

// appendStored appends a purchase of the table: bench/workloads/web/schema.sql.
func appendStored(to []byte, d draw, id int) []byte {
	to = strconv.AppendInt(append(to, `{"id":`...), int64(id), 10)
	return appendFields(append(to, ','), d, id)
}

// appendFields appends what such a purchase has beside its id, and the end of the object.
func appendFields(to []byte, d draw, id int) []byte {
	to = strconv.AppendInt(append(to, `"customer":"Customer `...), int64(id), 10)
	to = strconv.AppendInt(append(to, `","email":"customer`...), int64(id), 10)
	to = strconv.AppendInt(append(to, `@example.com","quantity":`...), int64(id%1000+1), 10)
	to = strconv.AppendInt(append(to, `,"price":`...), int64(d.number(id)), 10)
	return append(to, '}')
}

func purchasesAnswer(to []byte, d draw) []byte {
	to = append(to, '[')
	for i := range listed {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendStored(to, d, d.firstOfPage()+i)
	}
	return append(to, ']')
}

// insertedAnswer appends the purchase as it was sent, with an id.
func insertedAnswer(to []byte, d draw) []byte {
	to = strconv.AppendInt(append(to, `{"id":`...), inserted, 10)
	return append(append(to, ','), orderBody(nil, d)[len("{"):]...)
}

var assigned = regexp.MustCompile(`^\{"id":[1-9]\d{4,8},`)

// sameInserted allows any id that the database may give.
func sameInserted(want, got []byte) error {
	if !assigned.Match(got) {
		return Wrong(want, got)
	}
	return sameJSON(want, assigned.ReplaceAllLiteral(got, assigned.Find(want)))
}
