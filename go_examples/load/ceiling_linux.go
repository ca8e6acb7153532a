package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// canned are whole responses; the requests for them begin with their keys.
var canned = map[string][]byte{
	"GET /plaintext ": []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, World!"),
	"GET /json ":      []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n" + `{"message":"Hello, World!"}`),
}

// ceiling makes a closed loop against the fastest server there is: this program, as another process, on another CPU if there is one.
func ceiling(plan phase) (figures, error) {
	if canned[plan.endpoint.Title(0, 0)+" "] == nil {
		return figures{}, fmt.Errorf("%s has no ceiling: plaintext and json have one", plan.Endpoint)
	}
	self, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	answerer := exec.Command(self, "-answer")
	answerer.Stderr = os.Stderr
	input, err := answerer.StdinPipe()
	if err != nil {
		return figures{}, err
	}
	output, err := answerer.StdoutPipe()
	if err != nil {
		return figures{}, err
	}
	if err := answerer.Start(); err != nil {
		return figures{}, err
	}
	defer answerer.Wait() // its input is closed by then
	defer input.Close()
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return figures{}, fmt.Errorf("the answering process did not say where it is: %w", err)
	}
	plan.Mode, plan.Target = "closed", strings.TrimSpace(address)
	if plan.address, err = netip.ParseAddrPort(plan.Target); err != nil {
		return figures{}, err
	}
	found, err := load(&plan, func() int64 { return 0 })
	if err == nil && found.CPU > 0 {
		found.Ceiling = found.Rate * found.Seconds / found.CPU
	}
	return found, err
}

// answer serves canned responses until its input ends; it prints where.
func answer(input io.Reader, output io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(output, listener.Addr()); err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- answerAll(listener) }()
	go func() {
		_, err := io.Copy(io.Discard, input)
		failed <- err
	}()
	return <-failed
}

// answerAll answers on all connections, by one thread as the load is made.
func answerAll(listener net.Listener) error {
	runtime.LockOSThread()
	if err := elsewhere(); err != nil {
		return err
	}
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return fmt.Errorf("epoll: %w", err)
	}
	go accept(listener, epoll)
	events, buffer := make([]unix.EpollEvent, 64), make([]byte, 4096)
	for {
		ready, err := wait(epoll, events)
		if err != nil {
			return err
		}
		for _, event := range events[:ready] {
			answerOne(int(event.Fd), buffer)
		}
	}
}

func accept(listener net.Listener, epoll int) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		socket, err := duplicate(conn)
		conn.Close() // the duplicate stays open
		if err == nil {
			err = watch(epoll, socket, int32(socket))
		}
		if err != nil {
			return
		}
	}
}

// answerOne answers a request, which comes in one piece; it hangs up on any that is not one of the canned.
func answerOne(socket int, buffer []byte) {
	n, err := read(socket, buffer)
	if errors.Is(err, unix.EAGAIN) {
		return
	}
	for request, response := range canned {
		if bytes.HasPrefix(buffer[:n], []byte(request)) {
			if _, err := write(socket, response); err == nil {
				return
			}
		}
	}
	unix.Close(socket)
}

// elsewhere moves this thread to the CPUs that the process may not use, if there are any: those of a measured server.
func elsewhere() error {
	var own, others unix.CPUSet
	if err := unix.SchedGetaffinity(0, &own); err != nil {
		return fmt.Errorf("affinity: %w", err)
	}
	for cpu := range 8 * len(own) * 8 {
		if !own.IsSet(cpu) {
			others.Set(cpu)
		}
	}
	if err := unix.SchedSetaffinity(0, &others); err != nil && !errors.Is(err, unix.EINVAL) { // EINVAL: there are none
		return fmt.Errorf("affinity: %w", err)
	}
	return nil
}
