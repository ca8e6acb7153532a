//go:build !linux

package main

import (
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// clients are the connections that one control connection has opened: a goroutine for each.
type clients struct {
	conns []net.Conn
}

// connect opens connections and sends a byte on each; with echo, it waits until each byte is back.
func (c *clients) connect(port, count int, echo bool) error {
	opened := make([]net.Conn, count)
	failed := atomic.Pointer[error]{}
	var open sync.WaitGroup
	for first := range dialling {
		open.Go(func() {
			for i := first; i < count; i += dialling {
				conn, err := dial(port, echo)
				if err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
				opened[i] = conn
			}
		})
	}
	open.Wait()
	for _, conn := range opened {
		if conn != nil {
			c.conns = append(c.conns, conn)
		}
	}
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func dial(port int, echo bool) (net.Conn, error) {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return nil, err
	}
	conn.(*net.TCPConn).SetLinger(0) // to close is to reset
	if _, err := conn.Write([]byte{'!'}); err != nil {
		conn.Close()
		return nil, err
	}
	if back := make([]byte, 1); echo {
		if _, err := io.ReadFull(conn, back); err != nil || back[0] != '!' {
			conn.Close()
			return nil, fmt.Errorf("the first byte did not come back: %q, %v", back, err)
		}
	}
	return conn, nil
}

// rounds makes n round trips on each connection, on all of them at once, and counts the correct ones.
func (c *clients) rounds(n int) (int, error) {
	var correct atomic.Int64
	failed := atomic.Pointer[error]{}
	var all sync.WaitGroup
	for i, conn := range c.conns {
		all.Go(func() {
			done, err := exchange(conn, i, n)
			correct.Add(int64(done))
			if err != nil {
				failed.CompareAndSwap(nil, &err)
			}
		})
	}
	all.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return int(correct.Load()), nil
}

// exchange makes n round trips on one connection; each message is another one.
func exchange(conn net.Conn, connection, n int) (int, error) {
	var back [messageSize]byte
	correct := 0
	for round := range n {
		sent := message(connection, round)
		if _, err := conn.Write(sent[:]); err != nil {
			return correct, err
		}
		if _, err := io.ReadFull(conn, back[:]); err != nil {
			return correct, err
		}
		if sent == back {
			correct++
		}
	}
	return correct, nil
}

func (c *clients) close() {
	for _, conn := range c.conns {
		conn.Close()
	}
	c.conns = nil
}
