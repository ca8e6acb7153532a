// Command chaingrpc is a chain whose services speak gRPC: grpc-go on both sides of each call, and net/http in front of the first.
package main

import (
	"log"
	"time"

	"google.golang.org/grpc"

	"go_examples/internal/chainpb"
	"go_examples/internal/serving"
	"go_examples/services/internal/deployment"
	"go_examples/services/internal/tables"
)

func main() {
	services := map[string]func() error{
		"users": running(func(server *grpc.Server, rows *tables.Tables) {
			chainpb.RegisterUsersServer(server, &users{tables: rows})
		}),
		"orders": running(func(server *grpc.Server, rows *tables.Tables) {
			chainpb.RegisterOrdersServer(server, &orders{tables: rows})
		}),
		"prices": running(func(server *grpc.Server, rows *tables.Tables) {
			chainpb.RegisterPricesServer(server, &prices{tables: rows})
		}),
	}
	if err := deployment.Run(services, func(addresses map[string]string, limit time.Duration) error {
		gateway, err := newGateway(addresses, limit)
		if err != nil {
			return err
		}
		return serving.Serve(gateway.routes())
	}); err != nil {
		log.Fatal(err)
	}
}
