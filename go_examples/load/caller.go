package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

const (
	// callWindow is how much a call may be sent before it is read: more than any answer, so that no call ever waits for the client.
	callWindow = 1 << 20
	// channelWindow is the same of a channel; clients of gRPC let it grow to this by themselves.
	channelWindow = 16 << 20
	// initialWindow is what both are to begin with, the server's as well. Source: RFC 9113, section 6.9.2.
	initialWindow = 65_535
	frameHeader   = 9
)

// reply is what has come of the answer to a call.
type reply struct {
	slot    int // of the call
	data    []byte
	status  string // of HTTP
	media   string
	code    string // of gRPC
	message string
}

// begin makes it ready for a call.
func (r *reply) begin(slot int) { *r = reply{slot: slot, data: r.data[:0]} }

// wrong returns what is wrong with an answer apart from its messages.
func (r *reply) wrong() error {
	switch {
	case r.status != "200":
		return fmt.Errorf("answered with status %q: want 200", r.status)
	case !strings.HasPrefix(r.media, "application/grpc"):
		return fmt.Errorf("answered wrong: want the content type application/grpc, got %q", r.media)
	case r.code != "0":
		return fmt.Errorf("answered with the status %q of gRPC: want 0, got %q", r.code, r.message)
	}
	return nil
}

// caller is a client's side of a connection of HTTP/2 that carries calls of gRPC. It has no connection: what is to be sent collects in
// out, and what has come is fed to it.
type caller struct {
	out     bytes.Buffer
	framer  *http2.Framer
	frame   bytes.Reader // one whole frame, which the framer reads
	partial []byte       // what has come, and is no whole frame as yet
	block   bytes.Buffer
	encoder *hpack.Encoder
	decoder *hpack.Decoder
	target  string
	path    string            // of all calls
	stream  uint32            // of the next call
	calls   map[uint32]*reply // that are under way
	window  int64             // bytes that the server takes yet
	unread  uint32            // bytes that have come since the server was last told
	current *reply            // whose headers are decoded
}

// newCaller begins a connection.
func newCaller(target, path string) (*caller, error) {
	c := &caller{target: target, path: path, stream: 1, calls: make(map[uint32]*reply), window: initialWindow}
	c.framer = http2.NewFramer(&c.out, &c.frame)
	c.framer.SetReuseFrames()
	c.encoder = hpack.NewEncoder(&c.block)
	c.decoder = hpack.NewDecoder(4096, c.header)
	c.out.WriteString(http2.ClientPreface)
	if err := c.framer.WriteSettings(
		http2.Setting{ID: http2.SettingEnablePush, Val: 0},
		http2.Setting{ID: http2.SettingInitialWindowSize, Val: callWindow},
	); err != nil {
		return nil, err
	}
	return c, c.framer.WriteWindowUpdate(0, channelWindow-initialWindow)
}

// call sends a message, prefixed, as a call; the answer comes into a reply.
func (c *caller) call(message []byte, into *reply) error {
	if c.window -= int64(len(message)); c.window < 0 || c.stream > math.MaxInt32 {
		return fmt.Errorf("the server does not take another call on the channel")
	}
	c.block.Reset()
	for _, field := range [...]hpack.HeaderField{
		{Name: ":method", Value: "POST"},
		{Name: ":scheme", Value: "http"},
		{Name: ":path", Value: c.path},
		{Name: ":authority", Value: c.target},
		{Name: "content-type", Value: "application/grpc"},
		{Name: "user-agent", Value: "load"},
		{Name: "te", Value: "trailers"},
	} {
		if err := c.encoder.WriteField(field); err != nil {
			return err
		}
	}
	headers := http2.HeadersFrameParam{StreamID: c.stream, BlockFragment: c.block.Bytes(), EndHeaders: true}
	if err := c.framer.WriteHeaders(headers); err != nil {
		return err
	}
	if err := c.framer.WriteData(c.stream, true, message); err != nil {
		return err
	}
	c.calls[c.stream] = into
	c.stream += 2
	return nil
}

// feed reads what has come, and tells of each call that has ended.
func (c *caller) feed(data []byte, ended func(*reply, error) error) error {
	c.partial = append(c.partial, data...)
	left := c.partial
	for len(left) >= frameHeader {
		length := frameHeader + int(binary.BigEndian.Uint32(left)>>8)
		if len(left) < length {
			break
		}
		c.frame.Reset(left[:length])
		frame, err := c.framer.ReadFrame()
		if err != nil {
			return fmt.Errorf("sent what is no HTTP/2: %w", err)
		}
		if err := c.read(frame, ended); err != nil {
			return err
		}
		left = left[length:]
	}
	c.partial = append(c.partial[:0], left...)
	return nil
}

func (c *caller) read(frame http2.Frame, ended func(*reply, error) error) error {
	call := c.calls[frame.Header().StreamID]
	over := false
	switch frame := frame.(type) {
	case *http2.DataFrame:
		if err := c.taken(frame.Length); err != nil {
			return err
		}
		if call != nil {
			call.data = append(call.data, frame.Data()...)
		}
		over = frame.StreamEnded()
	case *http2.HeadersFrame:
		if !frame.HeadersEnded() {
			return fmt.Errorf("sent headers in more than one frame")
		}
		c.current = call
		if _, err := c.decoder.Write(frame.HeaderBlockFragment()); err != nil {
			return fmt.Errorf("sent headers that cannot be read: %w", err)
		}
		if err := c.decoder.Close(); err != nil {
			return fmt.Errorf("sent headers that cannot be read: %w", err)
		}
		over = frame.StreamEnded()
	case *http2.RSTStreamFrame:
		if call != nil {
			delete(c.calls, frame.StreamID)
			return ended(call, fmt.Errorf("the server ended the call by %v", frame.ErrCode))
		}
	case *http2.SettingsFrame:
		return c.settings(frame)
	case *http2.PingFrame:
		if !frame.IsAck() {
			return c.framer.WritePing(true, frame.Data)
		}
	case *http2.WindowUpdateFrame:
		if frame.StreamID == 0 {
			c.window += int64(frame.Increment)
		}
	case *http2.GoAwayFrame:
		return fmt.Errorf("the server ended the channel by %v", frame.ErrCode)
	}
	if over && call != nil {
		delete(c.calls, frame.Header().StreamID)
		return ended(call, call.wrong())
	}
	return nil
}

// header keeps one field of the headers that are decoded, or of the trailers.
func (c *caller) header(field hpack.HeaderField) {
	if c.current == nil {
		return
	}
	switch field.Name {
	case ":status":
		c.current.status = field.Value
	case "content-type":
		c.current.media = field.Value
	case "grpc-status":
		c.current.code = field.Value
	case "grpc-message":
		c.current.message = field.Value
	}
}

// taken tells the server, now and then, that data was read.
func (c *caller) taken(length uint32) error {
	c.unread += length
	if c.unread < callWindow {
		return nil
	}
	unread := c.unread
	c.unread = 0
	return c.framer.WriteWindowUpdate(0, unread)
}

func (c *caller) settings(frame *http2.SettingsFrame) error {
	if frame.IsAck() {
		return nil
	}
	if size, given := frame.Value(http2.SettingHeaderTableSize); given {
		c.encoder.SetMaxDynamicTableSizeLimit(size)
	}
	return c.framer.WriteSettingsAck()
}
