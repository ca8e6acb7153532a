package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"go_examples/internal/chainpb"
)

// fake is all three services: a user, orders, and prices that a test says.
type fake struct {
	chainpb.UnimplementedUsersServer
	chainpb.UnimplementedOrdersServer
	chainpb.UnimplementedPricesServer
	missing bool // the user
	prices  func(context.Context, *chainpb.Items) (*chainpb.PriceList, error)
}

func (f *fake) Get(_ context.Context, request *chainpb.UserRequest) (*chainpb.User, error) {
	if f.missing {
		return nil, status.Error(codes.NotFound, "there is no such user")
	}
	return &chainpb.User{Id: request.GetId(), Credit: 30}, nil
}

func (f *fake) OfUser(context.Context, *chainpb.OrdersRequest) (*chainpb.Items, error) {
	return &chainpb.Items{Items: []int32{4, 9}}, nil
}

func (f *fake) OfItems(ctx context.Context, request *chainpb.Items) (*chainpb.PriceList, error) {
	return f.prices(ctx, request)
}

// answered asks a gateway for the summary of user 7.
func answered(t *testing.T, services *fake) (code int, body string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	chainpb.RegisterUsersServer(server, services)
	chainpb.RegisterOrdersServer(server, services)
	chainpb.RegisterPricesServer(server, services)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	address := listener.Addr().String()
	gateway, err := newGateway(map[string]string{"users": address, "orders": address, "prices": address}, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	gateway.routes().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/summaries/7", nil))
	return recorder.Code, recorder.Body.String()
}

func priced(_ context.Context, request *chainpb.Items) (*chainpb.PriceList, error) {
	prices := make([]int32, len(request.GetItems()))
	for i, item := range request.GetItems() {
		prices[i] = 2 * item
	}
	return &chainpb.PriceList{Prices: prices}, nil
}

func TestTheGatewayPutsTogetherWhatServicesSay(t *testing.T) {
	code, body := answered(t, &fake{prices: priced})
	if want := `{"user":7,"credit":30,"items":[4,9],"total":26}`; code != http.StatusOK || strings.TrimSpace(body) != want {
		t.Errorf("%d, %s", code, body)
	}
}

func TestWhatAServiceDoesNotHaveIsNotFound(t *testing.T) {
	if code, _ := answered(t, &fake{missing: true, prices: priced}); code != http.StatusNotFound {
		t.Error(code)
	}
}

func TestAServiceThatDoesNotAnswerIsATimeout(t *testing.T) {
	silent := func(ctx context.Context, _ *chainpb.Items) (*chainpb.PriceList, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if code, _ := answered(t, &fake{prices: silent}); code != http.StatusGatewayTimeout {
		t.Error(code)
	}
}

func TestAServiceThatFailsIsNotAvailable(t *testing.T) {
	fails := func(context.Context, *chainpb.Items) (*chainpb.PriceList, error) {
		return nil, status.Error(codes.Internal, "no disk")
	}
	if code, _ := answered(t, &fake{prices: fails}); code != http.StatusServiceUnavailable {
		t.Error(code)
	}
}
