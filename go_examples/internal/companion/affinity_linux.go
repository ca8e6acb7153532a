package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// moveTo starts this program anew on those CPUs alone: the runtime counts the CPUs only once, when it starts.
func moveTo(cpus string) error {
	var set unix.CPUSet
	for _, text := range strings.Split(cpus, ",") {
		cpu, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		set.Set(cpu)
	}
	runtime.LockOSThread() // what is started inherits the CPUs of the thread that starts it
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return unix.Exec(self, []string{self}, os.Environ())
}
