package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"net"
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"go_examples/load/endpoints"
)

const (
	// sampled is how many responses there are for each that is validated wholly; a power of two.
	sampled = 64
	// patience is how long the answers to an open loop's requests are waited for when all is sent.
	patience = 2 * time.Second
	// closing is the same of a closed loop: each connection has one request under way, and the work for it is to be finished.
	closing = 10 * time.Second
)

// expired is the timer's name among those of the connections, which count from 0.
const expired = -1

// loop is one phase of load: all connections, and one thread that waits for all of them.
type loop struct {
	plan        *phase
	epoll       int
	timer       timer
	connections []connection
	channels    []channel // of gRPC, in place of the connections' own sockets
	free        queue
	buffer      []byte
	scratch     []byte
	framed      []byte // all messages of a request
	start       time.Time
	total       int // requests of an open loop
	sent        int
	underWay    int
	learned     int // length of an answer whose length is not known beforehand

	answered  times // from planned to answered, in the measured time
	lag       times
	within    int // right answers that came in the measured time
	validated int
	opened    int
	errors    int
	first     string // error
	cpu       [2]time.Duration
	marked    int // how many of these are read
	stalling  *interruption
}

// connection is one connection to the measured server, and the request that is under way on it.
type connection struct {
	socket   int
	busy     bool
	sampled  bool
	planned  time.Duration
	sequence uint64
	response response
	raw      []byte // all of the response, if it is sampled; what has come of a frame
	echoed   int    // messages that have come back
	changed  error  // what is wrong with the first of these that is, or with a call
	reply    reply
}

// load makes a phase.
func load(plan *phase, calls func() int64) (figures, error) {
	if plan.Transport != "" {
		return paced(plan, calls)
	}
	runtime.LockOSThread() // one thread, which the scheduler need not choose
	defer runtime.UnlockOSThread()
	if plan.Mode == "open" {
		defer prompt()()
	}
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return figures{}, fmt.Errorf("epoll: %w", err)
	}
	defer unix.Close(epoll)
	timer, err := newTimer()
	if err != nil {
		return figures{}, err
	}
	defer unix.Close(timer.descriptor)
	if err := watch(epoll, timer.descriptor, expired); err != nil {
		return figures{}, err
	}
	l := &loop{
		plan:        plan,
		epoll:       epoll,
		timer:       timer,
		connections: make([]connection, plan.Connections),
		free:        newQueue(plan.Connections),
		buffer:      make([]byte, 256<<10),
		answered:    newTimes(),
		lag:         newTimes(),
	}
	defer l.close()
	if err := l.openAll(); err != nil {
		return figures{}, fmt.Errorf("%s: %w", l.title(0), err)
	}
	before := calls()
	if err := errors.Join(l.run(), l.resume()); err != nil {
		return figures{}, err
	}
	return l.figures(calls() - before), nil
}

// run sends, waits and records until the phase is over.
func (l *loop) run() error {
	var err error
	if l.start, err = l.timer.start(); err != nil {
		return err
	}
	if l.plan.Mode == "open" {
		l.total = int(math.Ceil(l.plan.end().Seconds() * l.plan.Rate))
	}
	if l.plan.Stall != nil {
		l.stalling = newInterruption(l.plan, l.total)
	}
	for i := range l.connections {
		if l.plan.Mode == "open" {
			l.free.push(i)
		} else if err := l.release(i, l.now()); err != nil {
			return err
		}
	}
	events := make([]unix.EpollEvent, 64)
	for {
		now := l.now()
		l.mark(now)
		if err := l.stall(now); err != nil {
			return err
		}
		if l.over(now) {
			l.giveUp()
			return nil
		}
		if err := l.timer.arm(l.wake(now)); err != nil {
			return err
		}
		ready, err := wait(l.epoll, events)
		if err != nil {
			return err
		}
		if err := l.due(); err != nil {
			return err
		}
		for _, event := range events[:ready] {
			if event.Fd == expired {
				continue
			}
			if err := l.received(int(event.Fd)); err != nil {
				return err
			}
			if err := l.due(); err != nil {
				return err
			}
		}
	}
}

func (l *loop) now() time.Duration { return time.Since(l.start) }

// mark reads the CPU time when the measured time begins and ends.
func (l *loop) mark(now time.Duration) {
	for l.marked < len(l.cpu) && now >= [...]time.Duration{l.plan.warmUp(), l.plan.end()}[l.marked] {
		l.cpu[l.marked] = spent()
		l.marked++
	}
}

func (l *loop) over(now time.Duration) bool {
	if now < l.plan.end() {
		return false
	}
	return l.underWay == 0 && l.sent >= l.total || now >= l.plan.end()+l.patience()
}

func (l *loop) patience() time.Duration {
	if l.plan.Mode == "open" {
		return patience
	}
	return closing
}

// wake returns when there is something to do although no answer has come.
func (l *loop) wake(now time.Duration) time.Duration {
	next := l.plan.end() + l.patience()
	if now < l.plan.end() {
		next = l.plan.end()
	}
	if now < l.plan.warmUp() {
		next = l.plan.warmUp()
	}
	if l.sent < l.total && l.free.length > 0 {
		next = min(next, l.plannedFor(l.sent))
	}
	if l.stalling != nil {
		next = min(next, l.stalling.next())
	}
	return next
}

// plannedFor returns when an open loop's request is to be sent.
func (l *loop) plannedFor(request int) time.Duration { return seconds(float64(request) / l.plan.Rate) }

// due sends what an open loop has planned until now, on connections that are free.
func (l *loop) due() error {
	for l.sent < l.total && l.free.length > 0 {
		now, planned := l.now(), l.plannedFor(l.sent)
		if planned > now {
			return nil
		}
		if l.measured(planned) {
			l.lag.add(now - planned)
		}
		if err := l.send(l.free.pop(), planned); err != nil {
			return err
		}
	}
	return nil
}

// release gives a connection its next request: in a closed loop at once; in an open loop one that has waited because no connection was
// free, or none as yet.
func (l *loop) release(i int, now time.Duration) error {
	switch {
	case l.plan.Mode != "open":
		if now < l.plan.end() {
			return l.send(i, now)
		}
	case l.free.length == 0 && l.sent < l.total && l.plannedFor(l.sent) <= now:
		return l.send(i, l.plannedFor(l.sent))
	default:
		l.free.push(i)
	}
	return nil
}

func (l *loop) measured(at time.Duration) bool { return l.plan.warmUp() <= at && at < l.plan.end() }

// send sends the next request on a connection.
func (l *loop) send(i int, planned time.Duration) error {
	c := &l.connections[i]
	c.sequence, c.planned, c.busy = uint64(l.sent), planned, true
	c.sampled = endpoints.Scattered(c.sequence)%sampled == 0 || l.sent == 0
	c.raw = c.raw[:0]
	c.response.begin()
	l.sent++
	l.underWay++
	switch {
	case l.plan.endpoint.WebSocket:
		return l.sendMessages(i)
	case l.plan.endpoint.Call != nil:
		return l.sendCall(i)
	}
	l.scratch = l.plan.endpoint.AppendRequest(l.scratch[:0], l.plan.Target, l.plan.Seed, c.sequence)
	return l.write(i, l.scratch)
}

// sendMessages sends all messages of a request at once.
func (l *loop) sendMessages(i int) error {
	c := &l.connections[i]
	c.echoed, c.changed = 0, nil
	l.framed = l.framed[:0]
	for message := range endpoints.Burst {
		l.scratch = l.plan.endpoint.AppendMessage(l.scratch[:0], l.plan.Seed, c.sequence, message)
		l.framed = appendFrame(l.framed, finalText, l.scratch, uint32(endpoints.Scattered(c.sequence)))
	}
	return l.write(i, l.framed)
}

// write writes all of a message: each is small, and there is room, as none is sent before the one before is answered.
func (l *loop) write(i int, message []byte) error {
	if n, err := write(l.connections[i].socket, message); err != nil || n != len(message) {
		return l.lost(i, fmt.Errorf("the connection failed: wrote %d of %d bytes: %w", n, len(message), err))
	}
	return nil
}

// received reads what has come on a connection, or on a channel where that is what connections share.
func (l *loop) received(name int) error {
	if l.plan.endpoint.Call != nil {
		return l.receiveCalls(name)
	}
	return l.receive(name)
}

// receive reads what has come on a connection.
func (l *loop) receive(i int) error {
	c := &l.connections[i]
	n, err := read(c.socket, l.buffer)
	switch {
	case errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR):
		return nil
	case n == 0 && err == nil && c.busy && c.response.ended():
		return l.finish(i)
	case !c.busy: // an idle connection may end; one that speaks unasked answers something else next
		if n > 0 {
			l.wrong(c, fmt.Errorf("sent what nobody asked for: %s", endpoints.Short(l.buffer[:n])))
		}
		return l.reopen(i)
	case err != nil:
		return l.lost(i, fmt.Errorf("the connection failed: %w", err))
	case n == 0:
		return l.lost(i, errors.New("the server dropped the connection"))
	case l.plan.endpoint.WebSocket:
		return l.receiveFrames(i, l.buffer[:n])
	}
	if c.sampled {
		c.raw = append(c.raw, l.buffer[:n]...)
	}
	whole, err := c.response.feed(l.buffer[:n])
	switch {
	case err != nil:
		return l.lost(i, err)
	case whole:
		return l.finish(i)
	default:
		return nil
	}
}

// receiveFrames reads what has come on a WebSocket: messages back, or a ping.
func (l *loop) receiveFrames(i int, data []byte) error {
	c := &l.connections[i]
	c.raw = append(c.raw, data...)
	left := c.raw
	for {
		kind, payload, rest, err := frame(left)
		switch {
		case err != nil:
			return l.lost(i, err)
		case kind == 0:
			c.raw = append(c.raw[:0], left...)
			return nil
		case kind == finalPing:
			if err := l.write(i, appendFrame(nil, finalPong, payload, uint32(c.sequence))); err != nil {
				return err
			}
		case kind == finalText && (c.echoed < endpoints.Burst-1 || len(rest) == 0):
			if l.compare(c, payload); c.echoed == endpoints.Burst {
				return l.finish(i)
			}
		default:
			return l.lost(i, fmt.Errorf("sent another frame than the messages back: % x", left[:2]))
		}
		left = rest
	}
}

// compare compares the next message that has come back with the one that was sent.
func (l *loop) compare(c *connection, got []byte) {
	l.scratch = l.plan.endpoint.AppendMessage(l.scratch[:0], l.plan.Seed, c.sequence, c.echoed)
	if c.changed == nil && !bytes.Equal(l.scratch, got) {
		c.changed = endpoints.Wrong(l.scratch, got)
	}
	c.echoed++
}

// finish judges and records an answer that is whole, and goes on with the connection.
func (l *loop) finish(i int) error {
	c, now := &l.connections[i], l.now()
	c.busy = false
	l.underWay--
	err := l.judge(c)
	if l.stalling != nil {
		l.stalling.outcomes[c.sequence] = outcome{now - c.planned, err == nil}
	}
	switch {
	case errors.Is(err, errUnavailable): // the stall counts it
	case err != nil:
		l.wrong(c, err)
	default:
		if l.measured(now) {
			l.within++
		}
		if l.plan.Mode == "open" && l.measured(c.planned) || l.plan.Mode != "open" && l.measured(now) {
			l.answered.add(now - c.planned)
		}
	}
	if c.sampled {
		now = l.now() // to validate wholly takes time, which is not the server's
	}
	if c.response.last {
		if err := l.reopen(i); err != nil {
			return err
		}
	}
	return l.release(i, now)
}

// judge returns what is wrong with an answer: with its status and its length; or with anything, where it is sampled, and of all
// messages and calls.
func (l *loop) judge(c *connection) error {
	if l.plan.endpoint.WebSocket {
		l.validated++
		return c.changed
	}
	if call := l.plan.endpoint.Call; call != nil {
		l.validated++
		if c.changed != nil {
			return c.changed
		}
		return call.Validate(c.reply.data, l.plan.Seed, c.sequence)
	}
	if l.stalling != nil && unavailable(c.response.status) {
		return errUnavailable
	}
	if c.sampled {
		l.validated++
		response, body, err := readWhole(bufio.NewReader(bytes.NewReader(c.raw)))
		if err != nil {
			return fmt.Errorf("answered wrong: %w", err)
		}
		if len(body) != c.response.length {
			return fmt.Errorf("answered wrong: a body of %d bytes, or of %d", c.response.length, len(body))
		}
		if err := l.plan.endpoint.Validate(response, body, l.plan.Seed, c.sequence); err != nil {
			return err
		}
		if l.learned == 0 {
			l.learned = len(body)
		}
	}
	return l.plan.plausible(l.scratch, c.sequence, c.response.status, c.response.length, l.learned)
}

// lost counts the request that was under way as an error, and puts a new connection in the place of one that is of no use.
func (l *loop) lost(i int, err error) error {
	c := &l.connections[i]
	c.busy = false
	l.underWay--
	l.wrong(c, err)
	if err := l.reopen(i); err != nil {
		return err
	}
	return l.release(i, l.now())
}

func (l *loop) wrong(c *connection, err error) {
	l.errors++
	if l.first == "" {
		l.first = fmt.Sprintf("%s: %v", l.title(c.sequence), err)
	}
}

// giveUp counts what was planned and never answered.
func (l *loop) giveUp() {
	if unanswered := l.underWay + max(0, l.total-l.sent); unanswered > 0 {
		l.errors += unanswered
		if l.first == "" {
			l.first = fmt.Sprintf("%s: %d requests were not answered within %g s of the end", l.title(0), unanswered, l.patience().Seconds())
		}
	}
}

func (l *loop) title(sequence uint64) string { return l.plan.endpoint.Title(l.plan.Seed, sequence) }

func (l *loop) openAll() error {
	if l.plan.endpoint.Call != nil {
		l.channels = make([]channel, l.plan.Channels)
	}
	for i := range l.channels {
		if err := l.openChannel(i); err != nil {
			return err
		}
		if err := l.flush(i); err != nil {
			return err
		}
	}
	if l.channels != nil {
		return nil
	}
	for i := range l.connections {
		if err := l.open(i); err != nil {
			return err
		}
	}
	return nil
}

// open opens a connection. The loop reads and writes its socket itself, without the runtime's poller.
func (l *loop) open(i int) error {
	conn, err := dial(l.plan.Target, &l.plan.endpoint)
	if err != nil {
		return fmt.Errorf("the connection failed: %w", err)
	}
	defer conn.Close() // the duplicate stays open
	socket, err := duplicate(conn)
	if err != nil {
		return err
	}
	l.connections[i].socket = socket
	l.opened++
	return watch(l.epoll, socket, int32(i))
}

func (l *loop) reopen(i int) error {
	unix.Close(l.connections[i].socket)
	l.connections[i].socket = 0
	if err := l.open(i); err != nil {
		return fmt.Errorf("%s: to connect anew: %w", l.title(0), err)
	}
	return nil
}

func (l *loop) close() {
	for _, c := range l.connections {
		if c.socket > 0 {
			unix.Close(c.socket)
		}
	}
	for _, ch := range l.channels {
		if ch.socket > 0 {
			unix.Close(ch.socket)
		}
	}
}

func (l *loop) figures(calls int64) figures {
	found := figures{
		Requests:      l.answered.count(),
		Seconds:       l.plan.Seconds,
		Rate:          float64(l.within) / l.plan.Seconds,
		Mean:          l.answered.mean(),
		P50:           l.answered.percentile(50),
		P90:           l.answered.percentile(90),
		P99:           l.answered.percentile(99),
		P999:          l.answered.percentile(99.9),
		Max:           l.answered.max(),
		Errors:        l.errors,
		FirstError:    l.first,
		Validated:     l.validated,
		CPU:           (l.cpu[1] - l.cpu[0]).Seconds(),
		Opened:        l.opened,
		UpstreamCalls: calls,
		Sent:          l.sent,
	}
	if l.plan.Mode == "open" {
		lag := l.lag.percentile(99)
		found.Offered, found.LagP99 = l.plan.Rate, &lag
	}
	if l.stalling != nil {
		found.recovery = l.stalling.judged(l.plan)
	}
	return found
}

func duplicate(conn net.Conn) (int, error) {
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return 0, err
	}
	var socket int
	var failed error
	if err := raw.Control(func(fd uintptr) { socket, failed = unix.FcntlInt(fd, unix.F_DUPFD_CLOEXEC, 0) }); err != nil {
		return 0, err
	}
	return socket, failed
}
