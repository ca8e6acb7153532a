//go:build !linux

package main

import "time"

func sleeper() func(time.Duration) { return time.Sleep }
