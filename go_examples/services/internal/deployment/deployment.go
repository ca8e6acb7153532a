// Package deployment starts the services of a chain, each a process of its own, and then runs the gateway: a deployment is one
// process group.
package deployment

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

const (
	patience = 30 * time.Second // within which all services have to listen
	poll     = 5 * time.Millisecond
)

// Run runs the service that SERVICE names, or "gateway" alone, for which all services are at UPSTREAM. Without a name it starts all of
// them, waits until they listen, and runs the gateway, which is given their addresses by their names, and LIMIT, how many seconds they
// may take for a request together. Each listens on PORT.
func Run(services map[string]func() error, gateway func(addresses map[string]string, limit time.Duration) error) error {
	name, named := os.LookupEnv("SERVICE")
	if serve, known := services[name]; known {
		return serve()
	}
	addresses := make(map[string]string)
	switch {
	case !named:
		if err := startAll(services, addresses); err != nil {
			return err
		}
	case name == "gateway":
		for service := range services {
			addresses[service] = os.Getenv("UPSTREAM")
		}
	default:
		return fmt.Errorf("SERVICE: there is no service %q", name)
	}
	limit, err := strconv.ParseFloat(os.Getenv("LIMIT"), 64)
	if err != nil {
		return fmt.Errorf("LIMIT: %w", err)
	}
	return gateway(addresses, time.Duration(limit*float64(time.Second)))
}

// startAll starts services, notes their addresses, and waits until they listen.
func startAll(services map[string]func() error, addresses map[string]string) error {
	for name := range services {
		address, err := freeAddress()
		if err != nil {
			return err
		}
		addresses[name] = address
	}
	ended := make(chan error, len(services))
	for name, address := range addresses {
		if err := start(name, address, ended); err != nil {
			return err
		}
	}
	for name, address := range addresses {
		if err := listening(name, address, ended); err != nil {
			return err
		}
	}
	return nil
}

// start runs a service as a process of this program.
func start(name, address string, ended chan<- error) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	_, port, _ := strings.Cut(address, ":")
	process := exec.Command(self)
	process.Env = append(os.Environ(), "SERVICE="+name, "PORT="+port)
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		return err
	}
	go func() {
		if err := process.Wait(); err != nil {
			ended <- fmt.Errorf("%s ended: %w", name, err)
		}
	}()
	return nil
}

// listening waits until a service listens.
func listening(name, address string, ended <-chan error) error {
	for limit := time.Now().Add(patience); ; time.Sleep(poll) {
		if conn, err := net.Dial("tcp", address); err == nil {
			return conn.Close()
		}
		select {
		case err := <-ended:
			return err
		default:
		}
		if time.Now().After(limit) {
			return errors.New(name + " does not listen")
		}
	}
}

// freeAddress returns an address that nothing listens on. Ports are handed out in turn, so that the next is another.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
