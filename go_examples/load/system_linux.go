package main

import (
	"errors"
	"fmt"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// preciseTimers has the calling thread woken when it asks to be, and not up to 50 µs later: prctl(2), PR_SET_TIMERSLACK.
func preciseTimers() error {
	if err := unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("timer slack: %w", err)
	}
	return nil
}

// wait waits for events until a timeout that epoll_wait(2) would round to a millisecond.
func wait(epoll int, events []unix.EpollEvent, timeout time.Duration) (int, error) {
	limit := unix.NsecToTimespec(max(0, timeout).Nanoseconds())
	ready, _, failed := unix.Syscall6(
		unix.SYS_EPOLL_PWAIT2,
		uintptr(epoll), uintptr(unsafe.Pointer(&events[0])), uintptr(len(events)), uintptr(unsafe.Pointer(&limit)), 0, 0,
	)
	switch {
	case failed == unix.EINTR:
		return 0, nil
	case failed != 0:
		return 0, os.NewSyscallError("epoll_pwait2", failed)
	default:
		return int(ready), nil
	}
}

// read reads from a socket that does not block, so the scheduler need not be told.
func read(socket int, into []byte) (int, error) {
	n, _, failed := unix.RawSyscall(unix.SYS_READ, uintptr(socket), uintptr(unsafe.Pointer(&into[0])), uintptr(len(into)))
	if failed != 0 {
		return 0, failed
	}
	return int(n), nil
}

// write writes to a socket that does not block. That the other end is gone is an error, and no signal.
func write(socket int, message []byte) (int, error) {
	n, _, failed := unix.RawSyscall6(
		unix.SYS_SENDTO, uintptr(socket), uintptr(unsafe.Pointer(&message[0])), uintptr(len(message)), unix.MSG_NOSIGNAL, 0, 0,
	)
	if failed != 0 {
		return 0, failed
	}
	return int(n), nil
}

// spent returns the CPU time of this process.
func spent() time.Duration {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		panic(errors.Join(errors.New("getrusage"), err)) // unreachable: the arguments are right
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
