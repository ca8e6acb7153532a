package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"
)

const roundTrip = 4 * time.Millisecond

// far returns a function that connects, over the distance, to a server that sends back what it is sent.
func far(t *testing.T) (*way, func() net.Conn) {
	t.Helper()
	server, between := listen(t), listen(t)
	go func() {
		for {
			conn, err := server.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				io.Copy(conn, conn)
			}()
		}
	}()
	way := newWay(roundTrip / 2)
	go way.deliver()
	go forward(between, server.Addr().String(), way)
	return way, func() net.Conn {
		conn, err := net.Dial("tcp", between.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

// answered sends a message and returns how long its answer took.
func answered(t *testing.T, conn net.Conn) time.Duration {
	t.Helper()
	message, begun := []byte("ping"), time.Now()
	if _, err := conn.Write(message); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(conn, message); err != nil {
		t.Fatal(err)
	}
	return time.Since(begun)
}

func TestNoRoundTripIsShorterThanTheDistance(t *testing.T) {
	_, connect := far(t)
	conn := connect()
	for range 20 {
		if took := answered(t, conn); took < roundTrip {
			t.Errorf("a round trip took %v", took)
		}
	}
}

func TestManyRoundTripsAtATimeTakeNoLongerThanOne(t *testing.T) {
	_, connect := far(t)
	const connections, messages = 50, 20
	var group sync.WaitGroup
	begun := time.Now()
	for range connections {
		conn := connect()
		group.Go(func() {
			for range messages {
				answered(t, conn)
			}
		})
	}
	group.Wait()
	if took, alone := time.Since(begun), connections*messages*roundTrip; took > alone/2 {
		t.Errorf("%d round trips on %d connections took %v; one after the other %v", connections*messages, connections, took, alone)
	}
}

func TestWhatIsSentArrivesWholeAndInOrder(t *testing.T) {
	_, connect := far(t)
	conn := connect()
	sent, random := make([]byte, 3<<20), rand.NewChaCha8([32]byte{1})
	random.Read(sent)
	go func() {
		conn.Write(sent)
		conn.(*net.TCPConn).CloseWrite()
	}()
	received, err := io.ReadAll(conn)
	if err != nil || !bytes.Equal(sent, received) {
		t.Errorf("%d of %d bytes came back, with error %v, or others", len(received), len(sent), err)
	}
}

func TestItSaysHowLateItWas(t *testing.T) {
	way, connect := far(t)
	answered(t, connect())
	late := way.lateness()
	if late.Forwarded != 2 || late.P50 < 0 || late.P99 < late.P50 {
		t.Errorf("after one round trip: %+v", late)
	}
	if again := way.lateness(); again.Forwarded != 0 {
		t.Errorf("since then: %+v", again)
	}
}
