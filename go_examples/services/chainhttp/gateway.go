package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

var errNone = errors.New("a service has no such row")

type summary struct {
	User   int32   `json:"user"`
	Credit int32   `json:"credit"`
	Items  []int32 `json:"items"`
	Total  int32   `json:"total"`
}

// gateway asks two services at the same time and then a third.
type gateway struct {
	client    *http.Client
	addresses map[string]string
	limit     time.Duration // of a request, for the services together
}

// newGateway keeps the connections to services: net/http would keep two to each.
func newGateway(addresses map[string]string, limit time.Duration) *gateway {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, 1024
	return &gateway{&http.Client{Transport: transport}, addresses, limit}
}

func (g *gateway) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", plaintext)
	mux.HandleFunc("GET /summaries/{user}", g.summary)
	return mux
}

func (g *gateway) summary(w http.ResponseWriter, r *http.Request) {
	user, err := strconv.ParseInt(r.PathValue("user"), 10, 32)
	if err != nil {
		http.Error(w, "user must be an integer", http.StatusBadRequest)
		return
	}
	within, cancel := context.WithTimeout(r.Context(), g.limit)
	defer cancel()
	found, err := g.asked(within, int32(user))
	switch {
	case err == nil:
		reply(w, found)
	case errors.Is(err, errNone):
		http.NotFound(w, r)
	case errors.Is(err, context.DeadlineExceeded):
		http.Error(w, "a service has not answered in time", http.StatusGatewayTimeout)
	default:
		http.Error(w, "a service is not available", http.StatusServiceUnavailable)
	}
}

// asked returns what the services say of a user.
func (g *gateway) asked(ctx context.Context, id int32) (summary, error) {
	var person user
	var placed orders
	group, both := errgroup.WithContext(ctx)
	group.Go(func() error { return g.ask(both, "users", fmt.Sprintf("/users/%d", id), &person) })
	group.Go(func() error { return g.ask(both, "orders", fmt.Sprintf("/orders?user=%d", id), &placed) })
	if err := group.Wait(); err != nil {
		return summary{}, err
	}
	query := url.Values{}
	for _, item := range placed.Items {
		query.Add("items", strconv.Itoa(int(item)))
	}
	var priced prices
	if err := g.ask(ctx, "prices", "/prices?"+query.Encode(), &priced); err != nil {
		return summary{}, err
	}
	found := summary{User: person.ID, Credit: person.Credit, Items: placed.Items}
	for _, price := range priced.Prices {
		found.Total += price
	}
	return found, nil
}

// ask decodes what a service answers with.
func (g *gateway) ask(ctx context.Context, service, path string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+g.addresses[service]+path, nil)
	if err != nil {
		return err
	}
	response, err := g.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		return json.NewDecoder(response.Body).Decode(into)
	case http.StatusNotFound:
		return errNone
	default:
		return fmt.Errorf("%s answered with status %s", service, response.Status)
	}
}
