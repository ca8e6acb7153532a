package hub

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const (
	soon = 5 * time.Millisecond
	late = time.Minute
)

// dial opens a connection to a hub, whose client waits for nothing longer than a test may take.
func dial(t *testing.T, h *Hub) *websocket.Conn {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(h.Open))
	t.Cleanup(server.Close)
	connection, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	connection.SetReadDeadline(time.Now().Add(late))
	return connection
}

// connected opens a connection, and waits until the hub has it.
func connected(t *testing.T, h *Hub) *websocket.Conn {
	t.Helper()
	before := count(h)
	connection := dial(t, h)
	become(t, h, before+1)
	return connection
}

// become waits until a hub has as many connections.
func become(t *testing.T, h *Hub, want int) {
	t.Helper()
	for deadline := time.Now().Add(late); count(h) != want; time.Sleep(soon) {
		if time.Now().After(deadline) {
			t.Fatalf("there are %d connections, want %d", count(h), want)
		}
	}
}

func count(h *Hub) int {
	h.lock.Lock()
	defer h.lock.Unlock()
	return len(h.clients)
}

func TestABroadcastReachesAllConnections(t *testing.T) {
	h := newHub(late, late)
	connections := []*websocket.Conn{connected(t, h), connected(t, h), connected(t, h)}
	if sent, err := h.Broadcast([]byte("text")); sent != 3 || err != nil {
		t.Errorf("got %d, %v", sent, err)
	}
	for _, connection := range connections {
		if kind, text, err := connection.ReadMessage(); kind != websocket.TextMessage || string(text) != "text" || err != nil {
			t.Errorf("got %d %q, %v", kind, text, err)
		}
	}
}

func TestConnectionsArePingedAgainAndAgain(t *testing.T) {
	connection := connected(t, newHub(soon, late))
	pings := 0
	answer := connection.PingHandler()
	connection.SetPingHandler(func(data string) error {
		if pings++; pings == 3 {
			return connection.Close()
		}
		return answer(data)
	})
	if _, text, err := connection.ReadMessage(); err == nil {
		t.Errorf("got %q", text)
	}
	if pings != 3 {
		t.Errorf("got %d pings", pings)
	}
}

func TestAClientThatHasGoneIsForgotten(t *testing.T) {
	h := newHub(late, late)
	connected(t, h)
	connected(t, h).Close()
	become(t, h, 1)
}

func TestAClientThatDoesNotAnswerPingsIsDisconnected(t *testing.T) {
	h := newHub(soon, soon)
	connection := dial(t, h)
	connection.SetPingHandler(func(string) error { return nil })
	if _, _, err := connection.ReadMessage(); !websocket.IsUnexpectedCloseError(err) {
		t.Errorf("got %v, want the connection closed", err)
	}
	become(t, h, 0)
}

func TestAClientThatIsTooSlowIsDropped(t *testing.T) {
	h := newHub(late, late)
	slow := &client{messages: make(chan *websocket.PreparedMessage, queued)} // from which nobody takes messages
	h.clients[slow] = struct{}{}
	for i := range queued {
		if sent, err := h.Broadcast(nil); sent != 1 || err != nil {
			t.Errorf("message %d: got %d, %v", i, sent, err)
		}
	}
	if sent, err := h.Broadcast(nil); sent != 0 || err != nil {
		t.Errorf("got %d, %v; want a client less", sent, err)
	}
}

func TestAnIntervalThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "0", "-1", "often", "1.5"} {
		t.Setenv("PING", text)
		if _, err := New(); err == nil || !strings.Contains(err.Error(), "PING") {
			t.Errorf("PING=%q: got %v, want an error that names PING", text, err)
		}
	}
}
