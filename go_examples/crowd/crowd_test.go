package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const some = 20

// behaviour is what a server does with its connections, by their numbers from 0: it beats again and again, for as long as one is open.
type behaviour struct {
	beat      func(i int, connection *websocket.Conn) error
	broadcast func(connections []*websocket.Conn, text []byte) (counted int)
}

// faithful broadcasts to all.
func faithful(connections []*websocket.Conn, text []byte) int {
	for _, connection := range connections {
		connection.WriteMessage(websocket.TextMessage, text)
	}
	return len(connections)
}

// ping pings a connection.
func ping(_ int, connection *websocket.Conn) error {
	return connection.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Minute))
}

// start starts a server, and returns its address, and the texts that it was sent.
func start(t *testing.T, does behaviour) (address string, texts chan string) {
	t.Helper()
	texts = make(chan string, 1<<16)
	var lock sync.Mutex
	var connections []*websocket.Conn
	var upgrader websocket.Upgrader
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ws", func(w http.ResponseWriter, r *http.Request) {
		connection, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		lock.Lock()
		i := len(connections)
		connections = append(connections, connection)
		lock.Unlock()
		go func() {
			for does.beat(i, connection) == nil {
				time.Sleep(5 * time.Millisecond)
			}
		}()
		for {
			_, text, err := connection.ReadMessage()
			if err != nil {
				return
			}
			texts <- string(text)
		}
	})
	mux.HandleFunc("POST /broadcast", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		lock.Lock()
		defer lock.Unlock()
		fmt.Fprintf(w, `{"sent":%d}`, does.broadcast(connections, text))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), texts
}

// told returns what the command answers to some lines, after its first.
func told(t *testing.T, target string, lines ...string) []map[string]any {
	t.Helper()
	open := fmt.Sprintf(`{"mode":"open","target":%q,"connections":%d}`, target, some)
	var output strings.Builder
	if err := serve(strings.NewReader(strings.Join(append([]string{open}, lines...), "\n")), &output); err != nil {
		t.Fatal(err)
	}
	var answers []map[string]any
	for _, line := range strings.Split(strings.TrimSpace(output.String()), "\n")[1:] {
		var answer map[string]any
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, answer)
	}
	return answers
}

const (
	briefly = `{"mode":"idle","seconds":0.01}`
	twice   = `{"mode":"broadcast","times":2}`
)

func TestPingsAndBroadcastsAreCounted(t *testing.T) {
	server, _ := start(t, behaviour{ping, faithful})
	answers := told(t, server, briefly, twice)
	if answers[0]["opened"] != float64(some) || answers[2]["received"] != float64(2*some) {
		t.Errorf("got %v", answers)
	}
	if pings, fewest := answers[1]["pings"].(float64), answers[1]["fewest"].(float64); fewest < 1 || pings < some*fewest {
		t.Errorf("got %v", answers[1])
	}
}

func TestTheLastConnectionIsNotBeforeTheMedian(t *testing.T) {
	server, _ := start(t, behaviour{ping, faithful})
	answer := told(t, server, `{"mode":"broadcast","times":1}`)[1]
	if p50, last := answer["p50"].(float64), answer["last"].(float64); !(0 < p50 && p50 <= last) {
		t.Errorf("got %v", answer)
	}
}

func TestAPingByMessageIsCountedAndAnswered(t *testing.T) {
	server, texts := start(t, behaviour{func(_ int, connection *websocket.Conn) error {
		return connection.WriteMessage(websocket.TextMessage, []byte("ping"))
	}, faithful})
	if answer := told(t, server, briefly)[1]; answer["fewest"].(float64) < 1 {
		t.Errorf("got %v", answer)
	}
	if got := <-texts; got != "pong" {
		t.Errorf("got %q", got)
	}
}

func TestConnectionsComeFromSeveralAddresses(t *testing.T) {
	server, _ := start(t, behaviour{ping, faithful})
	for i, want := range map[int]string{0: "127.0.0.2", perAddress - 1: "127.0.0.2", perAddress: "127.0.0.3"} {
		socket, err := dial(server, i)
		if err != nil {
			t.Skipf("the loopback of this machine has one address: %v", err)
		}
		defer socket.Close()
		if got, _, _ := strings.Cut(socket.LocalAddr().String(), ":"); got != want {
			t.Errorf("connection %d: got %s, want %s", i, got, want)
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	closes := func(i int, connection *websocket.Conn) error {
		if i == 3 {
			return errors.Join(connection.Close(), io.EOF)
		}
		return ping(i, connection)
	}
	miscounts := func(all []*websocket.Conn, text []byte) int {
		if string(text) == greeting {
			return faithful(all, text)
		}
		return 3
	}
	changes := func(all []*websocket.Conn, _ []byte) int { return faithful(all, []byte("x")) }
	repeats := func(all []*websocket.Conn, text []byte) int {
		faithful(all, text)
		return faithful(all, text)
	}
	for name, c := range map[string]struct {
		does behaviour
		line string
		want string
	}{
		"a connection is closed": {behaviour{closes, faithful}, `{"mode":"idle","seconds":0.2}`, "of 20: websocket: close"},
		"another count":          {behaviour{ping, miscounts}, twice, "it sent 3 messages, and there are 20 connections"},
		"another message":        {behaviour{ping, changes}, twice, "not broadcast"},
		"a message twice":        {behaviour{ping, repeats}, twice, "twice"},
		"an unknown mode":        {behaviour{ping, faithful}, `{"mode":"closed"}`, "want open with target"},
		"an unknown key":         {behaviour{ping, faithful}, `{"rate":1}`, "unknown field"},
		"a second opening":       {behaviour{ping, faithful}, `{"mode":"open","connections":1}`, "want open with target"},
	} {
		t.Run(name, func(t *testing.T) {
			server, _ := start(t, c.does)
			answers := told(t, server, c.line)
			if got := fmt.Sprint(answers[len(answers)-1]["failure"]); !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAConnectionThatIsNeverPingedIsCounted(t *testing.T) {
	not := func(i int, connection *websocket.Conn) error {
		if i < 3 {
			return io.EOF
		}
		return ping(i, connection)
	}
	server, _ := start(t, behaviour{not, faithful})
	var all crowd
	defer all.close()
	if _, err := all.open(server, some); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); all.unpinged() > 3 && time.Now().Before(deadline); {
		time.Sleep(poll)
	}
	if sum, fewest := all.pings(); all.unpinged() != 3 || sum < some-3 || fewest != 0 {
		t.Errorf("got %d unpinged, %d pings, at least %d", all.unpinged(), sum, fewest)
	}
}

func TestNoServerIsSaid(t *testing.T) {
	if got := fmt.Sprint(told(t, "127.0.0.1:1")[0]["failure"]); !strings.Contains(got, "refused") {
		t.Errorf("got %q", got)
	}
}
