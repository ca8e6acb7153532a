package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sys/unix"
)

// clients are the connections that one control connection has opened, shared out among loops, one for each CPU. A loop over epoll
// takes less of a CPU for a message than a goroutine for each connection would, so that the clients keep a server waiting as
// little as they can.
type clients struct {
	loops []loop
}

// loop is the connections that one epoll watches.
type loop struct {
	epoll int
	held  []client
}

// client is one connection.
type client struct {
	socket int
	round  int
	have   int // bytes of back that are there
	back   [messageSize]byte
}

// connect opens connections and sends a byte on each; with echo, it waits until each byte is back.
func (c *clients) connect(port, count int, echo bool) error {
	for len(c.loops) < runtime.GOMAXPROCS(0) {
		epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
		if err != nil {
			return fmt.Errorf("epoll: %w", err)
		}
		c.loops = append(c.loops, loop{epoll: epoll})
	}
	for opened := 0; opened < count; opened += dialling {
		sockets, err := dial(port, min(dialling, count-opened))
		if err == nil {
			err = greeted(sockets, echo)
		}
		for i, socket := range sockets {
			err = errors.Join(err, c.loops[(opened+i)%len(c.loops)].hold(socket))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dial opens connections and sends a byte on each; it returns those that it has opened even when it fails.
func dial(port, count int) ([]int, error) {
	var sockets []int
	for range count {
		socket, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			return sockets, fmt.Errorf("socket: %w", err)
		}
		sockets = append(sockets, socket)
		if err := errors.Join(
			unix.SetsockoptLinger(socket, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1}), // to close is to reset
			unix.SetsockoptInt(socket, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1),
			unix.Connect(socket, &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}),
		); err != nil {
			return sockets, err
		}
		if err := send(socket, []byte{'!'}); err != nil {
			return sockets, err
		}
	}
	return sockets, nil
}

// greeted waits for the first byte on each connection, if that is to come back.
func greeted(sockets []int, echo bool) error {
	if !echo {
		return nil
	}
	for _, socket := range sockets {
		back := make([]byte, 1)
		if n, err := unix.Read(socket, back); n != 1 || back[0] != '!' {
			return fmt.Errorf("the first byte did not come back: %q, %v", back[:max(n, 0)], err)
		}
	}
	return nil
}

// rounds makes n round trips on each connection, on all of them at once, and counts the correct ones.
func (c *clients) rounds(n int) (int, error) {
	correct, failed := make([]int, len(c.loops)), make([]error, len(c.loops))
	var all sync.WaitGroup
	for i := range c.loops {
		all.Go(func() { correct[i], failed[i] = c.loops[i].rounds(n) })
	}
	all.Wait()
	total := 0
	for _, one := range correct {
		total += one
	}
	return total, errors.Join(failed...)
}

func (c *clients) close() {
	for _, loop := range c.loops {
		for _, client := range loop.held {
			unix.Close(client.socket)
		}
		unix.Close(loop.epoll)
	}
	c.loops = nil
}

// hold adds a connection.
func (l *loop) hold(socket int) error {
	l.held = append(l.held, client{socket: socket})
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(len(l.held) - 1)}
	return errors.Join(unix.SetNonblock(socket, true), unix.EpollCtl(l.epoll, unix.EPOLL_CTL_ADD, socket, &event))
}

// rounds makes n round trips on each of the loop's connections.
func (l *loop) rounds(n int) (int, error) {
	if n <= 0 {
		return 0, nil
	}
	for i := range l.held {
		l.held[i].round, l.held[i].have = 0, 0
		if err := l.send(i); err != nil {
			return 0, err
		}
	}
	correct, busy := 0, len(l.held)
	events := make([]unix.EpollEvent, 1024)
	for busy > 0 {
		ready, err := unix.EpollWait(l.epoll, events, -1)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return 0, fmt.Errorf("epoll: %w", err)
		}
		for _, event := range events[:max(ready, 0)] {
			client := &l.held[event.Fd]
			if whole, err := client.receive(); err != nil {
				return 0, err
			} else if !whole {
				continue
			}
			if client.back == message(client.socket, client.round) {
				correct++
			}
			if client.round++; client.round == n {
				busy--
				continue
			}
			client.have = 0
			if err := l.send(int(event.Fd)); err != nil {
				return 0, err
			}
		}
	}
	return correct, nil
}

// send sends the message of a connection's round.
func (l *loop) send(i int) error {
	message := message(l.held[i].socket, l.held[i].round)
	return send(l.held[i].socket, message[:])
}

// receive reads what has come of a message, and says whether that is all of it.
func (c *client) receive() (bool, error) {
	n, err := unix.Read(c.socket, c.back[c.have:])
	switch {
	case errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read: %w", err)
	case n == 0:
		return false, errors.New("the server has ended a connection, or sent more than it got")
	}
	c.have += n
	return c.have == messageSize, nil
}

// send writes all of a message: each is small, and there is room, as none is sent before the one before is back.
func send(socket int, message []byte) error {
	if n, err := unix.Write(socket, message); err != nil || n != len(message) {
		return fmt.Errorf("wrote %d of %d bytes: %v", max(n, 0), len(message), err)
	}
	return nil
}
