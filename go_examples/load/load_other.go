//go:build !linux

package main

import (
	"errors"
	"io"
)

var errLinux = errors.New("load is made by epoll, which only Linux has")

func load(*phase, func() int64) (figures, error) { return figures{}, errLinux }

func ceiling(phase) (figures, error) { return figures{}, errLinux }

func answer(io.Reader, io.Writer) error { return errLinux }
