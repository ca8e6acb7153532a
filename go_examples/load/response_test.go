package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

var responses = map[string]string{
	"length":            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello",
	"no body":           "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
	"no content":        "HTTP/1.1 204 No Content\r\n\r\n",
	"error":             "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 6\r\nConnection: Close\r\n\r\nSorry.",
	"chunks":            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nHello\r\n1A\r\n, World! Here I come again\r\n0\r\n\r\n",
	"extension":         "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;name=value\r\nHello\r\n000\r\n\r\n",
	"no chunks":         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	"no phrase":         "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
	"kept by HTTP/1.0":  "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
	"ended by HTTP/1.0": "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
}

// strictly returns what net/http makes of a response, in the words of fed.
func strictly(t *testing.T, text string) string {
	t.Helper()
	got, body, err := readWhole(bufio.NewReader(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(got.StatusCode, len(body), got.Close)
}

// fed returns what is made of a response in pieces, each of which has to be needed.
func fed(t *testing.T, pieces ...string) string {
	t.Helper()
	var got response
	got.begin()
	for i, piece := range pieces {
		whole, err := got.feed([]byte(piece))
		if err != nil || whole != (i == len(pieces)-1) {
			t.Fatalf("piece %d of %q: %t, %v", i, pieces, whole, err)
		}
	}
	return fmt.Sprint(got.status, got.length, got.last)
}

func TestAResponseInOnePieceIsReadAsByNetHTTP(t *testing.T) {
	for name, text := range responses {
		if got, want := fed(t, text), strictly(t, text); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestAResponseInTwoPiecesIsReadAsByNetHTTP(t *testing.T) {
	for name, text := range responses {
		for at := 1; at < len(text); at++ {
			if got, want := fed(t, text[:at], text[at:]), strictly(t, text); got != want {
				t.Errorf("%s, %q: got %s, want %s", name, text[:at], got, want)
			}
		}
	}
}

func TestAResponseByteByByteIsReadAsByNetHTTP(t *testing.T) {
	for name, text := range responses {
		if got, want := fed(t, strings.Split(text, "")...), strictly(t, text); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestAResponseWithoutLengthEndsWithTheConnection(t *testing.T) {
	var got response
	got.begin()
	if whole, err := got.feed([]byte("HTTP/1.0 200 OK\r\n\r\nHello")); whole || err != nil || !got.ended() || !got.last || got.length != 5 {
		t.Errorf("%t, %v, %+v", whole, err, got)
	}
}

func TestALongBodyIsCountedAndNotKept(t *testing.T) {
	var got response
	got.begin()
	text := append([]byte("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"), bytes.Repeat([]byte("x"), 1_000_000)...)
	for ; len(text) > 4096; text = text[4096:] {
		if whole, err := got.feed(text[:4096]); whole || err != nil {
			t.Fatal(whole, err)
		}
	}
	if whole, err := got.feed(text); !whole || err != nil || got.length != 1_000_000 || cap(got.head) > 4096 {
		t.Errorf("%t, %v, %+v", whole, err, got)
	}
}

func TestWhatIsNoResponseIsAnError(t *testing.T) {
	for _, text := range []string{
		"SSH-2.0-OpenSSH_9.2\r\n\r\n",
		"HTTP/1.1 two hundred\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
		"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello, World!",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nHello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello!\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
		"HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Padding: x\r\n", 10_000),
	} {
		var got response
		got.begin()
		if _, err := got.feed([]byte(text)); err == nil {
			t.Errorf("%.80q is taken for a response: %+v", text, got)
		}
	}
}
