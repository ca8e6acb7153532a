package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"go_examples/internal/documentspb"
)

// checkCalls makes calls with the client that services in Go have, and those that have to be refused as well.
func checkCalls(plan *phase, limit time.Duration) (checked, error) {
	connection, err := grpc.NewClient(plan.Target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return checked{}, err
	}
	defer connection.Close()
	client := documentspb.NewDocumentsClient(connection)
	call := plan.endpoint.Call
	for i := range uint64(plan.Requests) {
		first := call.First(plan.Seed, i)
		got, err := made(client, limit, first, call.Count, call.Size)
		if err == nil && len(got) != int(call.Count) {
			err = fmt.Errorf("answered wrong: want %d messages, got %d", call.Count, len(got))
		}
		for j := 0; j < len(got) && err == nil; j++ {
			err = call.Same(first+uint32(j), uint64(got[j].GetId()), got[j].GetBody())
		}
		if err != nil {
			return checked{}, fmt.Errorf("%s: %w", plan.endpoint.Title(plan.Seed, i), err)
		}
	}
	for what, first := range map[string]uint32{"an id of 0": 0, "an id that no document has": 1 << 20} {
		if _, err := made(client, limit, first, call.Count, call.Size); status.Code(err) != codes.NotFound {
			return checked{}, fmt.Errorf("%s: with %s answered by %v: want NotFound", plan.endpoint.Title(plan.Seed, 0), what, err)
		}
	}
	return checked{plan.Requests}, nil
}

// made makes one call, and returns the documents that it is answered with.
func made(client documentspb.DocumentsClient, limit time.Duration, first, count uint32, size documentspb.Size) ([]*documentspb.Document, error) {
	within, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if count == 1 {
		document, err := client.Get(within, &documentspb.GetRequest{Id: first, Size: size})
		return []*documentspb.Document{document}, err
	}
	stream, err := client.List(within, &documentspb.ListRequest{First: first, Count: count, Size: size})
	if err != nil {
		return nil, err
	}
	var documents []*documentspb.Document
	for {
		document, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}
