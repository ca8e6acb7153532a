package main

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// clients are the connections that one control connection has opened: epoll and one loop for all, which take less of a processor
// for a message than any server that is measured, so that the clients keep none of them waiting.
type clients struct {
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
func (c *clients) connect(port, count int, echo bool) (err error) {
	if c.epoll == 0 {
		if c.epoll, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
			return fmt.Errorf("epoll: %w", err)
		}
	}
	for opened := 0; opened < count; opened += dialling {
		first := len(c.held)
		for range min(dialling, count-opened) {
			if err := c.dial(port); err != nil {
				return err
			}
		}
		for i := first; i < len(c.held); i++ {
			if err := c.greeted(i, echo); err != nil {
				return err
			}
		}
	}
	return nil
}

// dial opens one connection and sends a byte on it.
func (c *clients) dial(port int) error {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	c.held = append(c.held, client{socket: socket})
	return errors.Join(
		unix.SetsockoptLinger(socket, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1}), // to close is to reset
		unix.SetsockoptInt(socket, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1),
		unix.Connect(socket, &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}),
		send(socket, []byte{'!'}),
	)
}

// greeted waits for the first byte, if that is to come back, and has epoll watch the connection.
func (c *clients) greeted(i int, echo bool) error {
	socket := c.held[i].socket
	if back := make([]byte, 1); echo {
		if n, err := unix.Read(socket, back); n != 1 || err != nil || back[0] != '!' {
			return fmt.Errorf("the first byte did not come back: %q, %v", back[:max(n, 0)], err)
		}
	}
	if err := unix.SetNonblock(socket, true); err != nil {
		return err
	}
	return unix.EpollCtl(c.epoll, unix.EPOLL_CTL_ADD, socket, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(i)})
}

// rounds makes n round trips on each connection, on all of them at once, and counts the correct ones.
func (c *clients) rounds(n int) (int, error) {
	if n <= 0 {
		return 0, nil
	}
	var sent [messageSize]byte
	for i := range c.held {
		client := &c.held[i]
		client.round, client.have = 0, 0
		compose(&sent, i, 0)
		if err := send(client.socket, sent[:]); err != nil {
			return 0, err
		}
	}
	correct, busy := 0, len(c.held)
	events := make([]unix.EpollEvent, 1024)
	for busy > 0 {
		ready, err := unix.EpollWait(c.epoll, events, -1)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return 0, fmt.Errorf("epoll: %w", err)
		}
		for _, event := range events[:max(ready, 0)] {
			client := &c.held[event.Fd]
			if whole, err := client.receive(); err != nil {
				return 0, err
			} else if !whole {
				continue
			}
			compose(&sent, int(event.Fd), client.round)
			if sent == client.back {
				correct++
			}
			if client.round++; client.round == n {
				busy--
				continue
			}
			client.have = 0
			compose(&sent, int(event.Fd), client.round)
			if err := send(client.socket, sent[:]); err != nil {
				return 0, err
			}
		}
	}
	return correct, nil
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

func (c *clients) close() {
	for _, client := range c.held {
		unix.Close(client.socket)
	}
	if c.epoll != 0 {
		unix.Close(c.epoll)
	}
	*c = clients{}
}
