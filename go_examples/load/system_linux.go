package main

import (
	"errors"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// timer is a descriptor that can be read from a planned time on. One timer that stays armed while answers come is cheaper than a timeout
// for each wait, which would be armed and disarmed every time; and it is precise, where a timeout may be 50 µs late: timerfd_create(2).
type timer struct {
	descriptor int
	zero       time.Duration // the clock's time when the timer's own begins
	armed      time.Duration
}

func newTimer() (timer, error) {
	descriptor, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK)
	if err != nil {
		return timer{}, fmt.Errorf("timer: %w", err)
	}
	return timer{descriptor: descriptor, armed: -1}, nil
}

// start begins the timer's own time, and returns the same moment.
func (t *timer) start() (time.Time, error) {
	var clock unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &clock); err != nil {
		return time.Time{}, fmt.Errorf("clock: %w", err)
	}
	t.zero = time.Duration(clock.Nano())
	return time.Now(), nil
}

// arm makes the descriptor readable from a time on.
func (t *timer) arm(at time.Duration) error {
	if at == t.armed {
		return nil
	}
	t.armed = at
	value := unix.ItimerSpec{Value: unix.NsecToTimespec((t.zero + at).Nanoseconds())}
	if err := unix.TimerfdSettime(t.descriptor, unix.TFD_TIMER_ABSTIME, &value, nil); err != nil {
		return fmt.Errorf("timer: %w", err)
	}
	return nil
}

// watch adds a descriptor to those that are waited for, under a name.
func watch(epoll, descriptor int, name int32) error {
	return unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, descriptor, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: name})
}

// wait waits for events.
func wait(epoll int, events []unix.EpollEvent) (int, error) {
	ready, err := unix.EpollWait(epoll, events, -1)
	if err != nil && !errors.Is(err, unix.EINTR) {
		return 0, fmt.Errorf("epoll: %w", err)
	}
	return max(ready, 0), nil
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

// slice is as long as an open loop's thread runs at a time.
const slice = 100 * time.Microsecond

// prompt asks the scheduler to let this thread run as soon as it wakes, since it does so for short: it shares its CPU with the database,
// which might otherwise keep it for three milliseconds. It returns what undoes that. A kernel before 6.12 takes no notice: the lag shows.
func prompt() func() {
	set := func(slice time.Duration) {
		_ = unix.SchedSetAttr(0, &unix.SchedAttr{Policy: unix.SCHED_NORMAL, Runtime: uint64(slice)}, 0)
	}
	set(slice)
	return func() { set(0) }
}
