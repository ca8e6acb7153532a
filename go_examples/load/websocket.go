package main

import (
	"encoding/binary"
	"fmt"
)

// Opcodes of frames, with the bit that says that a frame is a whole message. Source: RFC 6455, section 5.2.
const (
	finalText = 0x81
	finalPing = 0x89
	finalPong = 0x8a
	masked    = 0x80
	shortest  = 125 // the greatest length that the second byte holds
)

// appendFrame appends a client's frame, whose payload is masked by a key.
func appendFrame(to []byte, kind byte, payload []byte, key uint32) []byte {
	var mask [4]byte
	binary.BigEndian.PutUint32(mask[:], key)
	to = append(append(to, kind, masked|byte(len(payload))), mask[:]...)
	for i, letter := range payload {
		to = append(to, letter^mask[i%len(mask)])
	}
	return to
}

// frame takes one whole frame off what a server has sent; there is none as long as it has not come whole. Frames are short, as
// messages are.
func frame(data []byte) (kind byte, payload, rest []byte, err error) {
	if len(data) < 2 {
		return 0, nil, data, nil
	}
	length := int(data[1])
	if length > shortest || data[0]&0x70 != 0 {
		return 0, nil, data, fmt.Errorf("sent no short frame but % x", data[:2])
	}
	if len(data) < 2+length {
		return 0, nil, data, nil
	}
	return data[0], data[2 : 2+length], data[2+length:], nil
}
