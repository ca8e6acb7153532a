package endpoints

import (
	"encoding/binary"
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"go_examples/internal/documentspb"
)

// documents is how many there are of each size; their ids are 1 to this.
const documents = 256

// prefixed is how many bytes precede each message: whether it is compressed, and its length.
const prefixed = 5

var letters = map[documentspb.Size]int{documentspb.Size_SIZE_SHORT: 100, documentspb.Size_SIZE_LONG: 10_000}

// Call is one that gRPC's servers answer: for one document, or for several, which come in a message each.
type Call struct {
	Size   documentspb.Size
	Count  uint32 // of documents
	bodies []string
}

// calling returns the endpoint of a call.
func calling(count uint32, size documentspb.Size) Endpoint {
	call := &Call{Size: size, Count: count}
	path := documentspb.Documents_Get_FullMethodName
	if count > 1 {
		path = documentspb.Documents_List_FullMethodName
	}
	return Endpoint{Call: call, method: "gRPC", path: constant(path), body: call.request}
}

// prepared returns the call with the text of each document.
func (c *Call) prepared() *Call {
	bodies := make([]string, documents)
	for i := range bodies {
		text := fmt.Sprintf("document %d, ", i+1)
		bodies[i] = strings.Repeat(text, letters[c.Size]/len(text)+1)[:letters[c.Size]]
	}
	return &Call{Size: c.Size, Count: c.Count, bodies: bodies}
}

func (c *Call) request(to []byte, d draw) []byte {
	to = protowire.AppendVarint(protowire.AppendTag(to, 1, protowire.VarintType), uint64(c.first(d)))
	if c.Count > 1 {
		to = protowire.AppendVarint(protowire.AppendTag(to, 2, protowire.VarintType), uint64(c.Count))
		return protowire.AppendVarint(protowire.AppendTag(to, 3, protowire.VarintType), uint64(c.Size))
	}
	return protowire.AppendVarint(protowire.AppendTag(to, 2, protowire.VarintType), uint64(c.Size))
}

func (c *Call) first(d draw) uint32 { return uint32(d.between(1, documents-int(c.Count)+1, 0)) }

// First returns the id of the first document that the call of a place in the sequence asks for.
func (c *Call) First(seed int, sequence uint64) uint32 { return c.first(drawn(seed, sequence)) }

// Same returns what is wrong with a document, which has to be that of an id.
func (c *Call) Same(id uint32, gotID uint64, gotBody string) error {
	if want := c.bodies[id-1]; gotID != uint64(id) || gotBody != want {
		return Wrong(fmt.Appendf(nil, "document %d: %s", id, want), fmt.Appendf(nil, "document %d: %s", gotID, gotBody))
	}
	return nil
}

// AppendCall appends the message that the call of a place in the sequence sends, as it goes over the wire.
func (e *Endpoint) AppendCall(to []byte, seed int, sequence uint64) []byte {
	start := len(to)
	to = e.body(append(to, make([]byte, prefixed)...), drawn(seed, sequence))
	binary.BigEndian.PutUint32(to[start+1:], uint32(len(to)-start-prefixed))
	return to
}

// Validate returns what is wrong with the messages that a call is answered with, as they have come over the wire.
func (c *Call) Validate(data []byte, seed int, sequence uint64) error {
	first := c.First(seed, sequence)
	for i := range c.Count {
		if len(data) < prefixed {
			return fmt.Errorf("answered wrong: want %d messages, got %d", c.Count, i)
		}
		length := int64(binary.BigEndian.Uint32(data[1:prefixed]))
		if data[0] != 0 || length > int64(len(data)-prefixed) {
			return fmt.Errorf("answered wrong: want a whole message that is not compressed, got %s", Short(data))
		}
		id, body, err := document(data[prefixed : prefixed+length])
		if err != nil {
			return err
		}
		if err := c.Same(first+i, id, string(body)); err != nil {
			return err
		}
		data = data[prefixed+length:]
	}
	if len(data) > 0 {
		return fmt.Errorf("answered wrong: want %d messages, got %d bytes more", c.Count, len(data))
	}
	return nil
}

// document returns what a message says; fields may come in any order.
func document(message []byte) (id uint64, body []byte, err error) {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return 0, nil, fmt.Errorf("answered wrong: %w", protowire.ParseError(n))
		}
		message = message[n:]
		switch {
		case number == 1 && kind == protowire.VarintType:
			id, n = protowire.ConsumeVarint(message)
		case number == 2 && kind == protowire.BytesType:
			body, n = protowire.ConsumeBytes(message)
		default:
			return 0, nil, fmt.Errorf("answered wrong: want a document, got a message with a field %d", number)
		}
		if n < 0 {
			return 0, nil, fmt.Errorf("answered wrong: %w", protowire.ParseError(n))
		}
		message = message[n:]
	}
	return id, body, nil
}
