package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"go_examples/internal/chainpb"
)

type summary struct {
	User   int32   `json:"user"`
	Credit int32   `json:"credit"`
	Items  []int32 `json:"items"`
	Total  int32   `json:"total"`
}

// gateway asks two services at the same time and then a third.
type gateway struct {
	users  chainpb.UsersClient
	orders chainpb.OrdersClient
	prices chainpb.PricesClient
	limit  time.Duration // of a request, for the services together; each is told what is left of it
}

// newGateway keeps a channel to each service.
func newGateway(addresses map[string]string, limit time.Duration) (*gateway, error) {
	channels := make(map[string]*grpc.ClientConn)
	for name, address := range addresses {
		channel, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return nil, err
		}
		channels[name] = channel
	}
	return &gateway{
		users:  chainpb.NewUsersClient(channels["users"]),
		orders: chainpb.NewOrdersClient(channels["orders"]),
		prices: chainpb.NewPricesClient(channels["prices"]),
		limit:  limit,
	}, nil
}

func (g *gateway) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte("Hello, World!"))
	})
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
	switch status.Code(err) {
	case codes.OK:
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(found) // only a client that has gone makes it fail
	case codes.NotFound:
		http.NotFound(w, r)
	case codes.DeadlineExceeded:
		http.Error(w, "a service has not answered in time", http.StatusGatewayTimeout)
	default:
		http.Error(w, "a service is not available", http.StatusServiceUnavailable)
	}
}

// asked returns what the services say of a user.
func (g *gateway) asked(ctx context.Context, id int32) (summary, error) {
	var person *chainpb.User
	var placed *chainpb.Items
	group, both := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		person, err = g.users.Get(both, &chainpb.UserRequest{Id: id})
		return err
	})
	group.Go(func() (err error) {
		placed, err = g.orders.OfUser(both, &chainpb.OrdersRequest{User: id})
		return err
	})
	if err := group.Wait(); err != nil {
		return summary{}, err
	}
	priced, err := g.prices.OfItems(ctx, placed)
	if err != nil {
		return summary{}, err
	}
	found := summary{User: person.GetId(), Credit: person.GetCredit(), Items: placed.GetItems()}
	for _, price := range priced.GetPrices() {
		found.Total += price
	}
	return found, nil
}
