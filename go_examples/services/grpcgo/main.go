// Command grpcgo serves documents by grpc-go: calls are goroutines.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"go_examples/internal/documentspb"
)

// documents is how many there are of each size; their ids are 1 to this.
const documents = 256

var letters = map[documentspb.Size]int{documentspb.Size_SIZE_SHORT: 100, documentspb.Size_SIZE_LONG: 10_000}

// server has the bodies of all documents in memory before the first call.
type server struct {
	documentspb.UnimplementedDocumentsServer
	bodies map[documentspb.Size][]string
}

func newServer() *server {
	bodies := make(map[documentspb.Size][]string)
	for size, length := range letters {
		for id := range documents {
			bodies[size] = append(bodies[size], body(id+1, length))
		}
	}
	return &server{bodies: bodies}
}

// body returns the text of a document.
func body(id, length int) string {
	text := fmt.Sprintf("document %d, ", id)
	return strings.Repeat(text, length/len(text)+1)[:length]
}

// document returns a new message of a document, or an error where there is none of this id and size.
func (s *server) document(id uint32, size documentspb.Size) (*documentspb.Document, error) {
	bodies := s.bodies[size]
	if id == 0 || int(id) > len(bodies) {
		return nil, status.Errorf(codes.NotFound, "there is no document %d", id)
	}
	return &documentspb.Document{Id: id, Body: bodies[id-1]}, nil
}

// Get answers with one document.
func (s *server) Get(_ context.Context, request *documentspb.GetRequest) (*documentspb.Document, error) {
	return s.document(request.GetId(), request.GetSize())
}

// List answers with several documents, each in a message of its own.
func (s *server) List(request *documentspb.ListRequest, stream grpc.ServerStreamingServer[documentspb.Document]) error {
	for i := range request.GetCount() {
		document, err := s.document(request.GetFirst()+i, request.GetSize())
		if err != nil {
			return err
		}
		if err := stream.Send(document); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	serving := grpc.NewServer()
	documentspb.RegisterDocumentsServer(serving, newServer())
	told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(told, serving.GracefulStop)
	if err := serving.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
