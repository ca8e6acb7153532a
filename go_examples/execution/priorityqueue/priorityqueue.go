// Package priorityqueue holds a queue of timeouts: one is set at each tick, and those that are due are taken out first.
// container/heap, a binary heap, calls the methods of the queue through an interface.
package priorityqueue

import (
	"container/heap"

	"go_examples/internal/integers"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Delays []byte `json:"delays"`
}

type timeout struct {
	due    int64
	number int
}

// queue is a heap.Interface.
type queue []timeout

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(timeout)) }

func (q queue) Less(i, j int) bool {
	if q[i].due != q[j].due {
		return q[i].due < q[j].due
	}
	return q[i].number < q[j].number
}

func (q *queue) Pop() any {
	last := len(*q) - 1
	item := (*q)[last]
	*q = (*q)[:last]
	return item
}

// Prepare returns the delays.
func Prepare(in Input) []int64 { return integers.Decode(in.Delays) }

// Run returns the numbers of the timeouts at evenly spaced places of the order in which they were taken out.
func Run(delays []int64) []int {
	var waiting queue
	var fired []int
	for now, delay := range delays {
		for len(waiting) > 0 && waiting[0].due <= int64(now) {
			fired = append(fired, heap.Pop(&waiting).(timeout).number)
		}
		heap.Push(&waiting, timeout{int64(now) + delay, now})
	}
	for len(waiting) > 0 {
		fired = append(fired, heap.Pop(&waiting).(timeout).number)
	}
	var answer []int
	for i := 0; i < len(fired); i += max(1, len(fired)/256) {
		answer = append(answer, fired[i])
	}
	return answer
}
