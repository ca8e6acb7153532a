package main

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"go_examples/internal/documentspb"
)

// store keeps the contract of gRPC, but for what a change makes of each document.
type store struct {
	documentspb.UnimplementedDocumentsServer
	change func(*documentspb.Document) error
	seen   atomic.Int64
}

func (s *store) document(id uint32, size documentspb.Size) (*documentspb.Document, error) {
	length := map[documentspb.Size]int{documentspb.Size_SIZE_SHORT: 100, documentspb.Size_SIZE_LONG: 10_000}[size]
	if id < 1 || id > 256 {
		return nil, status.Errorf(codes.NotFound, "there is no document %d", id)
	}
	document := &documentspb.Document{Id: id, Body: strings.Repeat(fmt.Sprintf("document %d, ", id), length)[:length]}
	if s.change == nil {
		return document, nil
	}
	return document, s.change(document)
}

func (s *store) Get(_ context.Context, request *documentspb.GetRequest) (*documentspb.Document, error) {
	s.seen.Add(1)
	return s.document(request.GetId(), request.GetSize())
}

func (s *store) List(request *documentspb.ListRequest, stream grpc.ServerStreamingServer[documentspb.Document]) error {
	s.seen.Add(1)
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

// answers starts a server of gRPC, and returns its address.
func answers(t *testing.T, documents *store) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	documentspb.RegisterDocumentsServer(server, documents)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}

const (
	closedCalls = `{"mode":"closed","target":%q,"endpoint":%q,"seed":7,"connections":8,"channels":2,"warm_up":0.05,"seconds":0.2}`
	openCalls   = `{"mode":"open","target":%q,"endpoint":%q,"seed":7,"connections":8,"channels":2,"rate":50,"warm_up":0.1,"seconds":0.2}`
)

func TestEveryCallCanBeLoadedInAClosedLoop(t *testing.T) {
	t.Parallel()
	documents := &store{}
	address := answers(t, documents)
	for _, endpoint := range called() {
		documents.seen.Store(0)
		found := loaded(t, closedCalls, address, endpoint)
		if found.Errors > 0 || found.Requests == 0 || found.Opened != 8 || found.Validated != found.Sent {
			t.Errorf("%s: %+v", endpoint, found)
		}
		if seen := documents.seen.Load(); int64(found.Sent) > seen {
			t.Errorf("%s: the server saw %d of %d", endpoint, seen, found.Sent)
		}
	}
}

func TestEveryCallCanBeLoadedInAnOpenLoop(t *testing.T) {
	t.Parallel()
	address := answers(t, &store{})
	for _, endpoint := range called() {
		found := loaded(t, openCalls, address, endpoint)
		if found.Errors > 0 || found.Requests != 10 || found.Sent != 15 || found.Opened != 8 {
			t.Errorf("%s: %+v", endpoint, found)
		}
	}
}

func TestAServerOfCallsThatKeepsTheContractPasses(t *testing.T) {
	address := answers(t, &store{})
	for _, endpoint := range called() {
		if err := checking(t, address, endpoint, 10); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

// Each is refused by the check, and counted by a load.
func TestACallThatIsAnsweredWrongIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]struct {
		change func(*documentspb.Document) error
		said   string
	}{
		"another id":   {func(d *documentspb.Document) error { d.Id++; return nil }, "answered wrong: want document"},
		"another text": {func(d *documentspb.Document) error { d.Body = d.Body[1:]; return nil }, "answered wrong: want document"},
		"no text":      {func(d *documentspb.Document) error { d.Body = ""; return nil }, "answered wrong: want document"},
		"a status":     {func(*documentspb.Document) error { return status.Error(codes.Internal, "no more") }, "no more"},
	} {
		address := answers(t, &store{change: wrong.change})
		for _, endpoint := range called() {
			if err := checking(t, address, endpoint, 10); err == nil || !strings.Contains(err.Error(), wrong.said) {
				t.Errorf("%s: %s: %v", name, endpoint, err)
			}
			found := loaded(t, closedCalls, address, endpoint)
			if found.Errors == 0 || found.Requests > 0 || !strings.Contains(found.FirstError, wrong.said) {
				t.Errorf("%s: %s: %+v", name, endpoint, found)
			}
		}
	}
}

func TestAServerThatAnswersWhereNothingIsDoesNotPass(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	documentspb.RegisterDocumentsServer(server, &lenient{})
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	err = checking(t, listener.Addr().String(), "grpc-unary-100b", 10)
	if err == nil || !strings.Contains(err.Error(), "want NotFound") {
		t.Error(err)
	}
}

// lenient has a document for every id.
type lenient struct{ store }

func (s *lenient) Get(_ context.Context, request *documentspb.GetRequest) (*documentspb.Document, error) {
	return s.document(max(1, min(request.GetId(), 256)), request.GetSize())
}

func TestACallThatIsNotAnsweredIsAnError(t *testing.T) {
	t.Parallel()
	slow := answers(t, &store{change: func(*documentspb.Document) error { time.Sleep(3 * time.Second); return nil }})
	found := loaded(t, openCalls, slow, "grpc-unary-100b")
	if found.Errors == 0 || !strings.Contains(found.FirstError, "not answered within 2 s") {
		t.Errorf("%+v", found)
	}
}

func TestAChannelThatIsLostIsAnErrorAndOpenedAnew(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.Read(make([]byte, 1024))
			time.Sleep(time.Millisecond)
			conn.Close()
		}
	}()
	found := loaded(t, closedCalls, listener.Addr().String(), "grpc-unary-100b")
	if found.Errors == 0 || found.Opened <= 8 || found.Requests > 0 {
		t.Errorf("%+v", found)
	}
}

func TestWhatIsNoHTTP2IsAnError(t *testing.T) {
	t.Parallel()
	address := bare(t, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", false)
	found := loaded(t, closedCalls, address, "grpc-unary-100b")
	if found.Errors == 0 || found.Requests > 0 {
		t.Errorf("%+v", found)
	}
}

func TestChannelsAreForCallsAlone(t *testing.T) {
	for line, said := range map[string]string{
		`{"mode":"closed","endpoint":"json","target":"127.0.0.1:1","connections":4,"channels":2,"seconds":1}`:            "json has no channels",
		`{"mode":"closed","endpoint":"grpc-unary-100b","target":"127.0.0.1:1","connections":4,"seconds":1}`:              "needs channels",
		`{"mode":"closed","endpoint":"grpc-unary-100b","target":"127.0.0.1:1","connections":4,"channels":3,"seconds":1}`: "divided evenly",
	} {
		failure, _ := told(t, line)[1]["failure"].(string)
		if !strings.Contains(failure, said) {
			t.Errorf("%s: want %s, got %q", line, said, failure)
		}
	}
}
