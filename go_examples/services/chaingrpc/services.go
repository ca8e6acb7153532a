package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/signal"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"go_examples/internal/chainpb"
	"go_examples/services/internal/tables"
)

type users struct {
	chainpb.UnimplementedUsersServer
	tables *tables.Tables
}

type orders struct {
	chainpb.UnimplementedOrdersServer
	tables *tables.Tables
}

type prices struct {
	chainpb.UnimplementedPricesServer
	tables *tables.Tables
}

// running returns what runs a service.
func running(register func(*grpc.Server, *tables.Tables)) func() error {
	return func() error {
		rows, err := tables.Open()
		if err != nil {
			return err
		}
		defer rows.Close()
		listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
		if err != nil {
			return err
		}
		server := grpc.NewServer()
		register(server, rows)
		told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
		defer stop()
		context.AfterFunc(told, server.GracefulStop)
		return server.Serve(listener)
	}
}

// Get answers with a user.
func (u *users) Get(ctx context.Context, request *chainpb.UserRequest) (*chainpb.User, error) {
	credit, err := u.tables.Credit(ctx, request.GetId())
	if err != nil {
		return nil, failed(err)
	}
	return &chainpb.User{Id: request.GetId(), Credit: credit}, nil
}

// OfUser answers with the items of a user's orders.
func (o *orders) OfUser(ctx context.Context, request *chainpb.OrdersRequest) (*chainpb.Items, error) {
	items, err := o.tables.Items(ctx, request.GetUser())
	if err != nil {
		return nil, failed(err)
	}
	return &chainpb.Items{Items: items}, nil
}

// OfItems answers with the prices of items.
func (p *prices) OfItems(ctx context.Context, request *chainpb.Items) (*chainpb.PriceList, error) {
	found, err := p.tables.Prices(ctx, request.GetItems())
	if err != nil {
		return nil, failed(err)
	}
	return &chainpb.PriceList{Prices: found}, nil
}

// failed returns the status of an error of the database.
func failed(err error) error {
	if errors.Is(err, tables.ErrNone) {
		return status.Error(codes.NotFound, err.Error())
	}
	return status.FromContextError(err).Err()
}
