// Package protobufencode encodes orders as Protocol Buffers from messages that are filled already, with the library
// google.golang.org/protobuf, which is written in Go.
package protobufencode

import (
	"google.golang.org/protobuf/proto"

	"go_examples/internal/frames"
	"go_examples/internal/orderspb"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Stream []byte `json:"stream"`
}

// Prepare returns the filled messages.
func Prepare(in Input) []*orderspb.Order {
	var orders []*orderspb.Order
	for _, message := range frames.Split(in.Stream) {
		order := new(orderspb.Order)
		if err := proto.Unmarshal(message, order); err != nil {
			panic(err)
		}
		orders = append(orders, order)
	}
	return orders
}

// Run returns the encoded messages.
func Run(orders []*orderspb.Order) [][]byte {
	messages := make([][]byte, len(orders))
	for i, order := range orders {
		message, err := proto.Marshal(order)
		if err != nil {
			panic(err)
		}
		messages[i] = message
	}
	return messages
}
