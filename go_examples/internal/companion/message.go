package main

import "encoding/binary"

const (
	messageSize = 64
	// dialling is how many connections are opened at a time: fewer than any server keeps waiting for its accept.
	dialling = 64
)

// compose writes a message that is another one for each connection and round.
func compose(message *[messageSize]byte, connection, round int) {
	binary.LittleEndian.PutUint64(message[:], uint64(connection))
	binary.LittleEndian.PutUint64(message[messageSize-8:], uint64(round))
}
