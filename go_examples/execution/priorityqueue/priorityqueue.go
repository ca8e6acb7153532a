// Package priorityqueue holds a queue of timeouts: one is set at each tick, and those that are due are taken out first.
//
// The queue is a binary heap written by hand, because container/heap would compare and exchange through an interface, and put each
// timeout into one, which allocates.
package priorityqueue

import (
	"slices"

	"go_examples/internal/integers"
)

const longest = 1 << 32

// Input holds the arguments that the catalog names.
type Input struct {
	Delays []byte `json:"delays"`
}

type timeout struct {
	due    int64
	number int
}

func (t timeout) before(other timeout) bool {
	if t.due != other.due {
		return t.due < other.due
	}
	return t.number < other.number
}

// queue is a binary heap: no element is before the one at half its index, counted from 1.
type queue []timeout

func (q *queue) push(item timeout) {
	*q = append(*q, item)
	heap := *q
	place := len(heap) - 1
	for place > 0 {
		parent := (place - 1) / 2
		if !item.before(heap[parent]) {
			break
		}
		heap[place] = heap[parent]
		place = parent
	}
	heap[place] = item
}

// pop takes out the first element; there must be one.
func (q *queue) pop() timeout {
	heap := *q
	first, item := heap[0], heap[len(heap)-1]
	heap = heap[:len(heap)-1]
	*q = heap
	if len(heap) == 0 {
		return first
	}
	place := 0
	for {
		child := 2*place + 1
		if child >= len(heap) {
			break
		}
		if right := child + 1; right < len(heap) && heap[right].before(heap[child]) {
			child = right
		}
		if !heap[child].before(item) {
			break
		}
		heap[place] = heap[child]
		place = child
	}
	heap[place] = item
	return first
}

// Prepare returns the delays. It panics at one that is negative or too long.
func Prepare(in Input) []int64 {
	delays := integers.Decode(in.Delays)
	if slices.ContainsFunc(delays, func(delay int64) bool { return delay < 0 || delay > longest }) {
		panic("a delay that is negative or too long")
	}
	return delays
}

// Run returns the numbers of the timeouts at evenly spaced places of the order in which they were taken out.
func Run(delays []int64) []int {
	var waiting queue
	var fired []int
	for now, delay := range delays {
		for len(waiting) > 0 && waiting[0].due <= int64(now) {
			fired = append(fired, waiting.pop().number)
		}
		waiting.push(timeout{int64(now) + delay, now})
	}
	for len(waiting) > 0 {
		fired = append(fired, waiting.pop().number)
	}
	var answer []int
	for i := 0; i < len(fired); i += max(1, len(fired)/256) {
		answer = append(answer, fired[i])
	}
	return answer
}
