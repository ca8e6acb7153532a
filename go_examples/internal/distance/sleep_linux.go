package main

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// sleeper returns a function that sleeps to within microseconds, for the goroutine that asks for it: the runtime's own timers are
// rounded to a millisecond where nothing else is to be done, and the kernel's to 50 µs.
func sleeper() func(time.Duration) {
	runtime.LockOSThread()
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0) // without it all is as correct, and less exact
	return func(wanted time.Duration) {
		for left := wanted; left > 0; {
			begun := time.Now()
			wait := unix.NsecToTimespec(left.Nanoseconds())
			_ = unix.Nanosleep(&wait, nil) // cut short by a signal it sleeps on
			left -= time.Since(begun)
		}
	}
}
