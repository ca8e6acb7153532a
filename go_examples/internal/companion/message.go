package main

import "encoding/binary"

const (
	messageSize = 64
	// dialling is how many connections are opened at a time: fewer than any server keeps waiting for its accept.
	dialling = 64
)

// message returns another message for each connection and round.
func message(connection, round int) [messageSize]byte {
	var text [messageSize]byte
	binary.LittleEndian.PutUint64(text[:], uint64(connection))
	binary.LittleEndian.PutUint64(text[messageSize-8:], uint64(round))
	return text
}
