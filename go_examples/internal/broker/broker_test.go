package main

import (
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const redelivery = 200 * time.Millisecond

var lines = [][]byte{[]byte("one"), []byte("two"), []byte("three")}

// opened returns a queue with some messages.
func opened(t *testing.T, messages int) *queue {
	t.Helper()
	queue, err := open(t.TempDir(), freePort(t), 100, redelivery)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(queue.close)
	if _, err := queue.publish(t.Context(), lines, messages, 0); err != nil {
		t.Fatal(err)
	}
	return queue
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// fetched returns messages as a consumer gets them.
func fetched(t *testing.T, queue *queue, count int) []jetstream.Msg {
	t.Helper()
	client, err := nats.Connect(queue.server.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	js, err := jetstream.New(client)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := js.Consumer(t.Context(), stream, consumer)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := reader.Fetch(count, jetstream.FetchMaxWait(ready))
	if err != nil {
		t.Fatal(err)
	}
	var messages []jetstream.Msg
	for message := range batch.Messages() {
		messages = append(messages, message)
	}
	if len(messages) != count {
		t.Fatalf("%d messages in place of %d: %v", len(messages), count, batch.Error())
	}
	return messages
}

func TestMessagesAreTheLinesNumberedFromOne(t *testing.T) {
	for i, message := range fetched(t, opened(t, 7), 7) {
		if id := message.Headers().Get(jetstream.MsgIDHeader); id != strconv.Itoa(i+1) {
			t.Errorf("message %d has the id %q", i+1, id)
		}
		if want := string(lines[i%3]); string(message.Data()) != want {
			t.Errorf("message %d is %q, and not %q", i+1, message.Data(), want)
		}
	}
}

func TestNumbersContinueWithWhatIsPublishedLater(t *testing.T) {
	queue := opened(t, 2)
	if _, err := queue.publish(t.Context(), lines, 2, 1000); err != nil {
		t.Fatal(err)
	}
	messages := fetched(t, queue, 4)
	if id := messages[3].Headers().Get(jetstream.MsgIDHeader); id != "4" {
		t.Errorf("the fourth message has the id %q", id)
	}
}

func TestWhatIsAcknowledgedOrTerminatedCounts(t *testing.T) {
	queue := opened(t, 5)
	messages := fetched(t, queue, 4)
	for _, settle := range []func() error{messages[0].Ack, messages[1].Term, messages[3].Ack} {
		if err := settle(); err != nil {
			t.Fatal(err)
		}
	}
	got, err := queue.consumed(t.Context(), 3, ready)
	if err != nil {
		t.Fatal(err)
	}
	if got.Acknowledged != 3 || got.Floor != 2 {
		t.Errorf("%+v, and not 3 acknowledged, the first 2 in order", got)
	}
}

func TestAMessageThatNobodyAcknowledgesIsDeliveredAgain(t *testing.T) {
	queue := opened(t, 1)
	fetched(t, queue, 1)
	fetched(t, queue, 1)
	got, err := queue.consumed(t.Context(), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got.Acknowledged != 0 || got.Redelivered != 1 {
		t.Errorf("%+v, and not none acknowledged, 1 redelivered", got)
	}
}

func TestMessagesAreNotPublishedBeforeTheyArePlanned(t *testing.T) {
	got, err := opened(t, 0).publish(t.Context(), lines, 11, 100)
	if err != nil {
		t.Fatal(err)
	}
	if got.Published != 11 || got.Seconds < 0.1 {
		t.Errorf("%+v: 11 messages, 100 a second, take a tenth of a second or more", got)
	}
}

func TestATakenPortIsSaid(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, err = open(t.TempDir(), listener.Addr().(*net.TCPAddr).Port, 100, redelivery)
	if err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("it says %v", err)
	}
}

func TestAnOrderThatIsNoneIsRefused(t *testing.T) {
	queue := opened(t, 0)
	for _, line := range []string{"publish", `{"do":"rest"}`} {
		if answer, err := do(t.Context(), queue, []byte(line), lines); err == nil {
			t.Errorf("%s is answered with %v", line, answer)
		}
	}
}
