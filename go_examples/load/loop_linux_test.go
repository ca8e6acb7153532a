package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"go_examples/load/endpoints"
)

func none() int64 { return 0 }

// loaded makes a phase, and another one where a busy machine let no request of it end.
func loaded(t *testing.T, line string, arguments ...any) figures {
	t.Helper()
	for range 20 {
		found, err := load(planned(t, fmt.Sprintf(line, arguments...)), none)
		if err != nil {
			t.Fatal(err)
		} else if found.Requests > 0 || found.Errors > 0 {
			return found
		}
	}
	t.Fatal("no request ended in any of twenty phases")
	return figures{}
}

const (
	closedLine = `{"mode":"closed","target":%q,"endpoint":%q,"seed":7,"connections":%d,"warm_up":0.05,"seconds":0.2}`
	openLine   = `{"mode":"open","target":%q,"endpoint":%q,"seed":7,"connections":%d,"rate":%d,"warm_up":%g,"seconds":%g}`
)

// bare answers each request on raw connections by the same bytes; it hangs up after an answer where that is asked for.
func bare(t *testing.T, answer string, hangUp bool) string {
	t.Helper()
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
			go func() {
				defer conn.Close()
				for reader := bufio.NewReader(conn); ; {
					if _, err := http.ReadRequest(reader); err != nil {
						return
					}
					if _, err := io.WriteString(conn, answer); err != nil || hangUp {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// loadedNow returns all endpoints, or a few where the tests are to be short: a load takes all of a processor.
func loadedNow() []string {
	if testing.Short() {
		return requested()[:2]
	}
	return requested()
}

func TestEveryEndpointCanBeLoadedInAClosedLoop(t *testing.T) {
	t.Parallel()
	for _, endpoint := range loadedNow() {
		found := loaded(t, closedLine, keeping(t, endpoint), endpoint, 4)
		if found.Errors > 0 || found.Requests == 0 || found.Opened != 4 || found.Validated == 0 {
			t.Errorf("%s: %+v", endpoint, found)
		}
	}
}

func TestEveryEndpointCanBeLoadedInAnOpenLoop(t *testing.T) {
	t.Parallel()
	for _, endpoint := range loadedNow() {
		found := loaded(t, openLine, keeping(t, endpoint), endpoint, 8, 50, 0.1, 0.2)
		if found.Errors > 0 || found.Requests != 10 || found.Sent != 15 || found.Opened != 8 {
			t.Errorf("%s: %+v", endpoint, found)
		}
	}
}

func TestTheServerSeesWhatIsSaidToBeSent(t *testing.T) {
	var seen atomic.Int64
	address := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		right.ServeHTTP(w, r)
	}))
	found := loaded(t, closedLine, address, "json", 4)
	if int64(found.Sent) != seen.Load() {
		t.Errorf("the server saw %d of %d", seen.Load(), found.Sent)
	}
	if found.Sent <= found.Requests {
		t.Errorf("what is sent has the warm-up: %+v", found)
	}
}

// A connection waits for one answer at a time. What is on its way when the measured time begins counts with all of its latency.
func TestRateTimesLatencyIsNoMoreThanTheConnections(t *testing.T) {
	const slept = 5 * time.Millisecond
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(slept)
		right.ServeHTTP(w, r)
	})
	found := loaded(t, closedLine, serving(t, slow), "json", 16)
	if busy, most := found.Rate*found.Mean/16, 1.001+found.Max/found.Seconds; busy > most { // the histogram has three digits
		t.Errorf("%.2f of the connections are busy: %+v", busy, found)
	}
	if found.Mean < slept.Seconds() {
		t.Errorf("faster than the server: %+v", found)
	}
}

func TestUpstreamCallsAreThoseOfThePhase(t *testing.T) {
	var calls int64 = 40
	found, err := load(planned(t, fmt.Sprintf(closedLine, serving(t, right), "json", 1)), func() int64 { calls += 2; return calls })
	if err != nil || found.UpstreamCalls != 2 {
		t.Errorf("%v, %+v", err, found)
	}
}

func TestAServerThatClosesConnectionsShowsByHowManyAreOpened(t *testing.T) {
	const body = `{"message":"Hello, World!"}`
	for name, head := range map[string]string{
		"it says so":          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n",
		"HTTP/1.0":            "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n",
		"HTTP/1.0, no length": "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n",
	} {
		found := loaded(t, closedLine, bare(t, head+body, true), "json", 4)
		if found.Errors > 0 || found.Requests == 0 || found.Opened < found.Requests {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestAnIdleConnectionThatEndsIsOpenedAnew(t *testing.T) {
	answer := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n" + `{"message":"Hello, World!"}`
	// Twice as many connections as requests: none is used again so soon that its end may not have been seen.
	found := loaded(t, openLine, bare(t, answer, true), "json", 40, 50, 0.0, 0.4)
	if found.Errors > 0 || found.Requests != 20 || found.Opened <= 40 {
		t.Errorf("%+v", found)
	}
}

func TestWhatIsWrongUnderLoadIsAnError(t *testing.T) {
	drops := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for name, wrong := range map[string]struct {
		server http.Handler
		said   string
	}{
		"status":      {replacedStatus(200, 500), "GET /json: answered with status 500"},
		"length":      {replaced("World", "Everybody"), "GET /json: answered wrong"},
		"dropped":     {drops, "GET /json: the server dropped the connection"},
		"same length": {replaced("World", "Wolrd"), `GET /json: answered wrong: want {"message":"Hello, World!"}, got {"message":"Hello, Wolrd!"}`},
	} {
		found := loaded(t, closedLine, serving(t, wrong.server), "json", 4)
		if found.Errors == 0 || !strings.HasPrefix(found.FirstError, wrong.said) {
			t.Errorf("%s: %+v", name, found)
		}
		if right := found.Requests > 0; right != (name == "same length") {
			t.Errorf("%s: wrong answers count as right ones: %+v", name, found)
		}
	}
}

func TestAMessageThatComesBackChangedIsAnError(t *testing.T) {
	address := serving(t, answering(func(message string) string { return strings.ToUpper(message) }))
	found := loaded(t, closedLine, address, "websocket", 2)
	if found.Requests > 0 || found.Errors == 0 || !strings.HasPrefix(found.FirstError, "GET /ws: answered wrong: want message") {
		t.Errorf("%+v", found)
	}
}

func TestTheLastMessageOfARequestIsCompared(t *testing.T) {
	var seen atomic.Int64
	address := serving(t, answering(func(message string) string {
		if seen.Add(1)%endpoints.Burst == 0 {
			return strings.ToUpper(message)
		}
		return message
	}))
	found := loaded(t, closedLine, address, "websocket", 1)
	if found.Requests > 0 || found.Errors == 0 || !strings.HasPrefix(found.FirstError, "GET /ws: answered wrong: want message") {
		t.Errorf("%+v", found)
	}
}

func TestAMessageTooManyIsAnError(t *testing.T) {
	address := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		twice := new(bytes.Buffer) // in one piece, as the client would otherwise read one before the other is there
		for i := 1; ; i++ {
			_, message, err := socket.ReadMessage()
			if err != nil {
				return
			}
			frame := append([]byte{finalText, byte(len(message))}, message...)
			twice.Write(frame)
			if i%endpoints.Burst > 0 {
				continue
			}
			twice.Write(frame)
			if _, err := twice.WriteTo(socket.NetConn()); err != nil {
				return
			}
		}
	}))
	found := loaded(t, closedLine, address, "websocket", 1)
	if found.Requests > 0 || found.Errors == 0 || !strings.Contains(found.FirstError, "sent another frame than the messages back") {
		t.Errorf("%+v", found)
	}
}

func TestAPingIsAnswered(t *testing.T) {
	var pongs atomic.Int64
	address := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		socket.SetPongHandler(func(text string) error {
			if text == "there?" {
				pongs.Add(1)
			}
			return nil
		})
		for {
			kind, message, err := socket.ReadMessage()
			if err != nil {
				return
			}
			if socket.WriteMessage(websocket.PingMessage, []byte("there?")) != nil || socket.WriteMessage(kind, message) != nil {
				return
			}
		}
	}))
	if found := loaded(t, closedLine, address, "websocket", 2); found.Errors > 0 || found.Requests == 0 || pongs.Load() == 0 {
		t.Errorf("%d pongs, %+v", pongs.Load(), found)
	}
}

func TestAServerThatIsGoneEndsThePhase(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		conn, _ := listener.Accept()
		listener.Close()
		conn.Close()
	}()
	_, err = load(planned(t, fmt.Sprintf(closedLine, listener.Addr().String(), "json", 1)), none)
	if err == nil || !strings.Contains(err.Error(), "GET /json: to connect anew: the connection failed") {
		t.Error(err)
	}
}

func TestWhatWaitsForAConnectionIsSentLaterAndNotSkipped(t *testing.T) {
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(10 * time.Millisecond)
		right.ServeHTTP(w, r)
	})
	found := loaded(t, openLine, serving(t, slow), "json", 1, 150, 0.0, 0.5)
	if found.Errors > 0 || found.Requests != 75 || found.Sent != 75 || found.Opened != 1 {
		t.Errorf("%+v", found)
	}
	if found.Max < 0.25 { // the last is planned after half a second, and 75 take at least three quarters of one
		t.Errorf("the wait for a connection does not count: %+v", found)
	}
	if found.Rate > 101 {
		t.Errorf("what comes after the end counts as achieved: %+v", found)
	}
}

func TestWhatIsNeverAnsweredCountsAsErrors(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	address := serving(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-gone }))
	t.Cleanup(func() { close(gone) })
	start := time.Now()
	found := loaded(t, openLine, address, "json", 3, 50, 0.0, 0.2)
	if found.Requests != 0 || found.Errors != 10 || found.Sent != 3 || !strings.Contains(found.FirstError, "10 requests were not answered") {
		t.Errorf("%+v", found)
	}
	if waited := time.Since(start); waited < patience {
		t.Errorf("gave up after %v", waited)
	}
}

// stalling answers at once, but for 200 ms in every two seconds.
func stalling() http.Handler {
	const period, stall = 2 * time.Second, 200 * time.Millisecond
	start := time.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at := time.Since(start) % period; at < stall {
			time.Sleep(stall - at)
		}
		right.ServeHTTP(w, r)
	})
}

// A tenth of all requests is planned during a stall, wherever the two measured seconds begin, and waits up to 200 ms: the 99th percentile
// is 180 ms. A closed loop sends one request on each connection into a stall, and then none; in 2.3 seconds there is a whole stall.
func TestAnOpenLoopSeesTheStallThatAClosedLoopDoesNot(t *testing.T) {
	t.Parallel()
	address := serving(t, stalling())
	open := loaded(t, openLine, address, "json", 256, 3000, 0.25, 2.0)
	if open.P99 < 0.150 {
		t.Errorf("open: %+v", open)
	}
	if open.Requests+open.Errors != 6000 {
		t.Errorf("open: requests were skipped: %+v", open)
	}
	closed := loaded(t, strings.Replace(closedLine, `"seconds":0.2`, `"seconds":2.3`, 1), address, "json", 2)
	if closed.P99 > 0.075 || closed.Max < 0.075 {
		t.Errorf("closed: %+v", closed)
	}
}
