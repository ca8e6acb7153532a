package main

import (
	"errors"
	"fmt"
	"net"

	"golang.org/x/sys/unix"
)

// channel is a connection to a server of gRPC, on which several calls are under way at a time. The loop's connections are these calls:
// as many to each channel as to any other, one after the other.
type channel struct {
	socket  int
	caller  *caller
	holding bool // what is to be sent, as more comes of what has just been read
}

// perChannel returns how many calls may be under way on a channel.
func (l *loop) perChannel() int { return l.plan.Connections / l.plan.Channels }

// openChannel opens a channel, or opens it anew.
func (l *loop) openChannel(number int) error {
	conn, err := net.DialTimeout("tcp", l.plan.Target, dialled)
	if err != nil {
		return fmt.Errorf("the connection failed: %w", err)
	}
	defer conn.Close() // the duplicate stays open
	socket, err := duplicate(conn)
	if err != nil {
		return err
	}
	caller, err := newCaller(l.plan.Target, l.plan.endpoint.Path())
	if err != nil {
		return err
	}
	l.channels[number] = channel{socket: socket, caller: caller}
	l.opened += l.perChannel()
	return watch(l.epoll, socket, int32(number))
}

// sendCall sends the call of a connection.
func (l *loop) sendCall(i int) error {
	c, ch := &l.connections[i], &l.channels[i/l.perChannel()]
	c.reply.begin(i)
	l.scratch = l.plan.endpoint.AppendCall(l.scratch[:0], l.plan.Seed, c.sequence)
	if err := ch.caller.call(l.scratch, &c.reply); err != nil {
		return err
	}
	return l.flush(i / l.perChannel())
}

// flush sends what has collected on a channel, unless more is about to: what was read at once is answered at once.
func (l *loop) flush(number int) error {
	ch := &l.channels[number]
	if ch.holding || ch.caller.out.Len() == 0 {
		return nil
	}
	n, err := write(ch.socket, ch.caller.out.Bytes())
	if whole := ch.caller.out.Len(); err != nil || n != whole {
		return l.lostChannel(number, fmt.Errorf("the connection failed: wrote %d of %d bytes: %w", n, whole, err))
	}
	ch.caller.out.Reset()
	return nil
}

// receiveCalls reads what has come on a channel.
func (l *loop) receiveCalls(number int) error {
	ch := &l.channels[number]
	n, err := read(ch.socket, l.buffer)
	switch {
	case errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR):
		return nil
	case err != nil:
		return l.lostChannel(number, fmt.Errorf("the connection failed: %w", err))
	case n == 0:
		return l.lostChannel(number, errors.New("the server dropped the connection"))
	}
	ch.holding = true
	err = ch.caller.feed(l.buffer[:n], func(ended *reply, failed error) error {
		l.connections[ended.slot].changed = failed
		return l.finish(ended.slot)
	})
	ch.holding = false
	if err != nil {
		return l.lostChannel(number, err)
	}
	return l.flush(number)
}

// lostChannel counts the calls that were under way on a channel as errors, and puts a new one in its place.
func (l *loop) lostChannel(number int, err error) error {
	unix.Close(l.channels[number].socket)
	l.channels[number].socket = 0
	var lost []int
	for i := number * l.perChannel(); i < (number+1)*l.perChannel(); i++ {
		if c := &l.connections[i]; c.busy {
			c.busy = false
			l.underWay--
			l.wrong(c, err)
			lost = append(lost, i)
		}
	}
	if err := l.openChannel(number); err != nil {
		return fmt.Errorf("%s: to connect anew: %w", l.title(0), err)
	}
	for _, i := range lost {
		if err := l.release(i, l.now()); err != nil {
			return err
		}
	}
	return nil
}
