package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// control returns a function that sends a line to a control of its own and returns the answer.
func control(t *testing.T) func(string) string {
	t.Helper()
	ours, theirs := net.Pipe()
	go obey(theirs)
	t.Cleanup(func() { ours.Close() })
	answers := bufio.NewReader(ours)
	return func(line string) string {
		t.Helper()
		if _, err := io.WriteString(ours, line+"\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := answers.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(answer, "\n")
	}
}

// server passes what it reads through change and sends it back; it returns its port.
func server(t *testing.T, change func([]byte)) int {
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
				buffer := make([]byte, 4096)
				for {
					n, err := conn.Read(buffer)
					if err != nil {
						return
					}
					change(buffer[:n])
					if _, err := conn.Write(buffer[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return port(listener)
}

func unchanged([]byte) {}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryConnectionMakesEveryRound(t *testing.T) {
	ask := control(t)
	expect(t, ask(fmt.Sprintf("connect %d 100 echo", server(t, unchanged))), "connected 100")
	expect(t, ask("rounds 3"), "done 300")
	expect(t, ask("rounds 1"), "done 100")
}

func TestAMessageThatComesBackChangedDoesNotCount(t *testing.T) {
	ask := control(t)
	change := func(data []byte) {
		if len(data) > 1 {
			data[len(data)-1]++
		}
	}
	expect(t, ask(fmt.Sprintf("connect %d 10 echo", server(t, change))), "connected 10")
	expect(t, ask("rounds 2"), "done 0")
}

func TestMoreConnectionsJoinThoseThatAreOpen(t *testing.T) {
	ask := control(t)
	port := server(t, unchanged)
	ask(fmt.Sprintf("connect %d 10 echo", port))
	ask(fmt.Sprintf("connect %d 5 echo", port))
	expect(t, ask("rounds 2"), "done 30")
}

func TestClosedConnectionsMakeNoRound(t *testing.T) {
	ask := control(t)
	ask(fmt.Sprintf("connect %d 10 echo", server(t, unchanged)))
	expect(t, ask("close"), "closed")
	expect(t, ask("rounds 2"), "done 0")
}

func TestWithoutEchoASilentServerIsEnough(t *testing.T) {
	listener := listen()
	t.Cleanup(func() { listener.Close() })
	expect(t, control(t)(fmt.Sprintf("connect %d 3", port(listener))), "connected 3")
}

func TestWhatGoesWrongIsSaid(t *testing.T) {
	listener := listen()
	nobody := port(listener)
	listener.Close()
	for _, line := range []string{"", "rounds", "rounds many", "connect 1", "connect 1 2 three", fmt.Sprintf("connect %d 1", nobody)} {
		if answer := control(t)(line); !strings.HasPrefix(answer, "error ") {
			t.Errorf("%q: got %q, want an error", line, answer)
		}
	}
}

func TestTheUpstreamAnswersNoSoonerThanAsked(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(answerLate))
	t.Cleanup(upstream.Close)
	start := time.Now()
	response, err := http.Get(upstream.URL + "/?ms=20")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, fmt.Sprint(response.StatusCode, " ", string(body)), "200 ok\n")
	if waited := time.Since(start); waited < 20*time.Millisecond {
		t.Errorf("the answer came after %v", waited)
	}
}

func TestTheUpstreamRefusesWhatIsNoTime(t *testing.T) {
	recorder := httptest.NewRecorder()
	answerLate(recorder, httptest.NewRequest(http.MethodGet, "/?ms=soon", nil))
	expect(t, fmt.Sprint(recorder.Code), "400")
}
