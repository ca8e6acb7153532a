package main

// queue is the connections that are free, the one that has been so for longest first: all of them are used in turn, as all
// clients of a service are.
type queue struct {
	ring   []int
	head   int
	length int
}

func newQueue(capacity int) queue { return queue{ring: make([]int, capacity)} }

func (q *queue) push(connection int) {
	q.ring[(q.head+q.length)%len(q.ring)] = connection
	q.length++
}

func (q *queue) pop() int {
	connection := q.ring[q.head]
	q.head = (q.head + 1) % len(q.ring)
	q.length--
	return connection
}
