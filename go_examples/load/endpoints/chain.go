package endpoints

import (
	"fmt"
	"net/http"
	"strconv"
)

// ordered is how many items each user of a chain has.
const ordered = 3

// callHead is what the clients of both gateways say in each call to a service.
const callHead = "User-Agent: gateway\r\nAccept-Encoding: gzip, deflate\r\n"

// chain is what a gateway answers, with its services or alone.
var chain = Endpoint{
	method: "GET",
	path: func(to []byte, d draw) []byte {
		return strconv.AppendInt(append(to, "/summaries/"...), int64(d.user()), 10)
	},
	answer:  summaryAnswer,
	media:   "application/json",
	compare: sameJSON,
	Invalid: []Invalid{
		{What: "a user that is no integer", Method: "GET", Path: "/summaries/abc"},
		{What: "a user that there is not", Method: "GET", Path: fmt.Sprintf("/summaries/%d", 2*rows)},
	},
}

// The services behind the gateway, each alone: asked as the gateway asks it.
var (
	chainUsers = Endpoint{
		method: "GET",
		path: func(to []byte, d draw) []byte {
			return strconv.AppendInt(append(to, "/users/"...), int64(d.user()), 10)
		},
		headers: constant(callHead),
		answer:  func(to []byte, d draw) []byte { return appendUser(to, d, d.user()) },
		media:   "application/json",
		compare: sameJSON,
		Invalid: []Invalid{
			{What: "a user that is no integer", Method: "GET", Path: "/users/abc"},
			{What: "a user that there is not", Method: "GET", Path: fmt.Sprintf("/users/%d", 2*rows)},
		},
	}
	chainOrders = Endpoint{
		method: "GET",
		path: func(to []byte, d draw) []byte {
			return strconv.AppendInt(append(to, "/orders?user="...), int64(d.user()), 10)
		},
		headers: constant(callHead),
		answer:  func(to []byte, d draw) []byte { return appendOrders(to, d, d.user()) },
		media:   "application/json",
		compare: sameJSON,
		Invalid: []Invalid{
			{What: "a user that is no integer", Method: "GET", Path: "/orders?user=abc"},
			{What: "no user", Method: "GET", Path: "/orders"},
		},
	}
	chainPrices = Endpoint{
		method:  "GET",
		path:    pricesPath,
		headers: constant(callHead),
		answer: func(to []byte, d draw) []byte {
			items := d.items(d.user())
			return appendPrices(to, d, items[:])
		},
		media:   "application/json",
		compare: sameJSON,
		Invalid: []Invalid{
			{What: "an item that is no integer", Method: "GET", Path: "/prices?items=17&items=abc"},
			{What: "an item that there is not", Method: "GET", Path: fmt.Sprintf("/prices?items=17&items=%d", 2*rows)},
			{What: "no items", Method: "GET", Path: "/prices"},
		},
	}
)

// Services are the routes of the services behind a gateway, and what each answers to a call from the rows of a seed: nothing where
// there is no such row.
var Services = map[string]func(seed int, call *http.Request) []byte{
	"GET /users/{id}": func(seed int, call *http.Request) []byte {
		id, err := strconv.Atoi(call.PathValue("id"))
		if err != nil || !isUser(id) {
			return nil
		}
		return appendUser(nil, draw{seed: seed}, id)
	},
	"GET /orders": func(seed int, call *http.Request) []byte {
		user, err := strconv.Atoi(call.URL.Query().Get("user"))
		if err != nil || !isUser(user) {
			return nil
		}
		return appendOrders(nil, draw{seed: seed}, user)
	},
	"GET /prices": func(seed int, call *http.Request) []byte {
		var items []int
		for _, text := range call.URL.Query()["items"] {
			item, err := strconv.Atoi(text)
			if err != nil || item < 1 || item > rows {
				return nil
			}
			items = append(items, item)
		}
		if items == nil {
			return nil
		}
		return appendPrices(nil, draw{seed: seed}, items)
	},
}

// isUser says whether there is a user, with all of the orders.
func isUser(id int) bool { return 1 <= id && id <= rows-ordered+1 }

// user returns whose orders a request asks for. They are the rows of the table world from the user's own on, each an order of the item
// of that number, and an item's price is in the item's own row.
func (d draw) user() int { return d.between(1, rows-ordered+1, 0) }

// items returns what a user has ordered.
func (d draw) items(user int) (items [ordered]int) {
	for i := range items {
		items[i] = d.number(user + i)
	}
	return items
}

func summaryAnswer(to []byte, d draw) []byte {
	user, total := d.user(), 0
	items := d.items(user)
	for _, item := range items {
		total += d.number(item)
	}
	to = strconv.AppendInt(append(to, `{"user":`...), int64(user), 10)
	to = strconv.AppendInt(append(to, `,"credit":`...), int64(d.number(user)), 10)
	to = appendIntegers(append(to, `,"items":`...), items[:])
	return append(strconv.AppendInt(append(to, `,"total":`...), int64(total), 10), '}')
}

func pricesPath(to []byte, d draw) []byte {
	to = append(to, "/prices"...)
	for i, item := range d.items(d.user()) {
		to = append(to, "?&"[min(i, 1)])
		to = strconv.AppendInt(append(to, "items="...), int64(item), 10)
	}
	return to
}

func appendUser(to []byte, d draw, id int) []byte {
	to = strconv.AppendInt(append(to, `{"id":`...), int64(id), 10)
	return append(strconv.AppendInt(append(to, `,"credit":`...), int64(d.number(id)), 10), '}')
}

func appendOrders(to []byte, d draw, user int) []byte {
	items := d.items(user)
	return append(appendIntegers(append(to, `{"items":`...), items[:]), '}')
}

// appendPrices puts the prices in the place of the items.
func appendPrices(to []byte, d draw, items []int) []byte {
	for i, item := range items {
		items[i] = d.number(item)
	}
	return append(appendIntegers(append(to, `{"prices":`...), items), '}')
}

func appendIntegers(to []byte, numbers []int) []byte {
	to = append(to, '[')
	for i, number := range numbers {
		if i > 0 {
			to = append(to, ',')
		}
		to = strconv.AppendInt(to, int64(number), 10)
	}
	return append(to, ']')
}
