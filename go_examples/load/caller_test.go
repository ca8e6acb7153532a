package main

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// server writes the frames of one answer, in which a message is the letters of a text.
func server(t *testing.T, stream uint32, text string, trailers ...string) []byte {
	t.Helper()
	var out, block bytes.Buffer
	framer, encoder := http2.NewFramer(&out, nil), hpack.NewEncoder(&block)
	headers := func(end bool, fields ...string) error {
		block.Reset()
		for i := 0; i < len(fields); i += 2 {
			if err := encoder.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]}); err != nil {
				return err
			}
		}
		return framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block.Bytes(), EndHeaders: true, EndStream: end})
	}
	if err := errors.Join(
		framer.WriteSettings(),
		headers(false, ":status", "200", "content-type", "application/grpc"),
		framer.WriteDataPadded(stream, false, []byte(text), make([]byte, 3)),
		framer.WritePing(false, [8]byte{1}),
		headers(true, trailers...),
	); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A caller that has made one call is told of its end.
func calling(t *testing.T, pieces ...[]byte) (*caller, *reply, error) {
	t.Helper()
	client, err := newCaller("127.0.0.1:1", "/a/b")
	if err != nil {
		t.Fatal(err)
	}
	var answer reply
	if err := client.call([]byte("request"), &answer); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("it has not ended")
	for _, piece := range pieces {
		if err := client.feed(piece, func(_ *reply, wrong error) error { failed = wrong; return nil }); err != nil {
			return client, &answer, err
		}
	}
	return client, &answer, failed
}

func TestAnAnswerIsReadWhereverItIsCut(t *testing.T) {
	whole := server(t, 1, "answer", "grpc-status", "0")
	for cut := range whole {
		client, answer, err := calling(t, whole[:cut], whole[cut:])
		if err != nil || string(answer.data) != "answer" || len(client.calls) > 0 || len(client.partial) > 0 {
			t.Fatalf("cut at %d: %v, %+v", cut, err, answer)
		}
	}
}

func TestAStatusOfGRPCIsSaid(t *testing.T) {
	_, _, err := calling(t, server(t, 1, "", "grpc-status", "5", "grpc-message", "no such thing"))
	if err == nil || err.Error() != `answered with the status "5" of gRPC: want 0, got "no such thing"` {
		t.Error(err)
	}
}

func TestAnAnswerWithoutAStatusIsWrong(t *testing.T) {
	if _, _, err := calling(t, server(t, 1, "answer", "other", "0")); err == nil {
		t.Error("it is taken for right")
	}
}

func TestAnAnswerToNoCallIsLeftOut(t *testing.T) {
	if client, answer, _ := calling(t, server(t, 3, "answer", "grpc-status", "0")); len(answer.data) > 0 || len(client.calls) != 1 {
		t.Errorf("%+v", answer)
	}
}

func TestAPingOnAChannelIsAnswered(t *testing.T) {
	client, _, _ := calling(t)
	before := client.out.Len()
	var ping bytes.Buffer
	if err := http2.NewFramer(&ping, nil).WritePing(false, [8]byte{7}); err != nil {
		t.Fatal(err)
	}
	if err := client.feed(ping.Bytes(), nil); err != nil {
		t.Fatal(err)
	}
	frame, err := http2.NewFramer(nil, bytes.NewReader(client.out.Bytes()[before:])).ReadFrame()
	if pong, same := frame.(*http2.PingFrame); err != nil || !same || !pong.IsAck() || pong.Data != [8]byte{7} {
		t.Errorf("%v, %v", frame, err)
	}
}

func TestTheServerIsToldWhatHasBeenRead(t *testing.T) {
	client, _, _ := calling(t)
	before := client.out.Len()
	var data bytes.Buffer
	framer := http2.NewFramer(&data, nil)
	for range callWindow/16384 + 1 {
		if err := framer.WriteData(1, false, make([]byte, 16384)); err != nil {
			t.Fatal(err)
		}
	}
	if err := client.feed(data.Bytes(), nil); err != nil {
		t.Fatal(err)
	}
	frame, err := http2.NewFramer(nil, bytes.NewReader(client.out.Bytes()[before:])).ReadFrame()
	if update, same := frame.(*http2.WindowUpdateFrame); err != nil || !same || update.StreamID != 0 || update.Increment != callWindow {
		t.Errorf("%v, %v", frame, err)
	}
}

func TestACallBeyondTheWindowIsNotSent(t *testing.T) {
	client, _, _ := calling(t)
	if err := client.call(make([]byte, initialWindow), &reply{}); err == nil {
		t.Error("it is sent")
	}
}

func TestGoingAwayEndsTheChannel(t *testing.T) {
	var away bytes.Buffer
	if err := http2.NewFramer(&away, nil).WriteGoAway(0, http2.ErrCodeNo, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := calling(t, away.Bytes()); err == nil || err.Error() != "the server ended the channel by NO_ERROR" {
		t.Error(err)
	}
}
