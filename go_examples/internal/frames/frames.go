// Package frames splits a stream of messages, each after its length in four bytes, the highest first. The Python twin is
// bench/workloads/execution/frames.py.
package frames

import "encoding/binary"

// Split returns the messages of a stream.
func Split(stream []byte) [][]byte {
	var messages [][]byte
	for len(stream) > 0 {
		end := 4 + binary.BigEndian.Uint32(stream)
		messages = append(messages, stream[4:end])
		stream = stream[end:]
	}
	return messages
}
