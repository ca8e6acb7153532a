// Package protobufdecode decodes orders from Protocol Buffers and adds them up, with the library google.golang.org/protobuf,
// which is written in Go.
package protobufdecode

import (
	"google.golang.org/protobuf/proto"

	"go_examples/internal/frames"
	"go_examples/internal/orderspb"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Stream []byte `json:"stream"`
}

// Prepare returns the encoded messages.
func Prepare(in Input) [][]byte { return frames.Split(in.Stream) }

// Run returns the number of orders, and the cents that all of them come to.
func Run(messages [][]byte) [2]int64 {
	var total int64
	for _, message := range messages {
		var order orderspb.Order
		if err := proto.Unmarshal(message, &order); err != nil {
			panic(err)
		}
		for _, item := range order.GetItems() {
			total += int64(item.GetQuantity()) * item.GetCents()
		}
	}
	return [2]int64{int64(len(messages)), total}
}
