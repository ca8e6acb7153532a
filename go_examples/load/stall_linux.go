package main

import (
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sys/unix"
)

// stall stops the process of the plan when its time has come, and lets it go on.
func (l *loop) stall(now time.Duration) error {
	if l.stalling == nil {
		return nil
	}
	if !l.stalling.stopped && now >= l.stalling.from {
		l.stalling.stopped = true
		if err := unix.Kill(l.stalling.pid, unix.SIGSTOP); err != nil {
			return fmt.Errorf("stall: process %d: %w", l.stalling.pid, err)
		}
	}
	if !l.stalling.resumed && now >= l.stalling.to {
		return l.resume()
	}
	return nil
}

// resume lets the process go on, also where the phase ends early.
func (l *loop) resume() error {
	if l.stalling == nil || !l.stalling.stopped || l.stalling.resumed {
		return nil
	}
	l.stalling.resumed = true
	if err := unix.Kill(l.stalling.pid, unix.SIGCONT); err != nil {
		return fmt.Errorf("stall: process %d: %w", l.stalling.pid, err)
	}
	return nil
}

// unavailable says whether a status is what a server answers with whose services do not answer.
func unavailable(status int) bool {
	return status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}
