// Package wiretest gives the tests of programs on the wire their other end.
package wiretest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// Main runs a package's tests and benchmarks with a companion: that of the harness, or else one of its own.
func Main(m *testing.M) {
	stop := func() {}
	if os.Getenv("LOAD") == "" {
		stop = start()
	}
	status := m.Run()
	stop()
	os.Exit(status)
}

// start starts a companion, tells this process where it is, and returns what ends it.
func start() func() {
	companion := exec.Command("go", "run", "go_examples/internal/companion")
	companion.Stderr = os.Stderr
	input, output := pipes(companion)
	if err := companion.Start(); err != nil {
		panic(err)
	}
	var upstream, load int
	if _, err := fmt.Fscan(output, &upstream, &load); err != nil {
		panic(err)
	}
	os.Setenv("UPSTREAM", fmt.Sprintf("127.0.0.1:%d", upstream))
	os.Setenv("LOAD", fmt.Sprintf("127.0.0.1:%d", load))
	return func() {
		input.Close()
		companion.Wait()
	}
}

func pipes(command *exec.Cmd) (io.WriteCloser, io.Reader) {
	input, err := command.StdinPipe()
	if err != nil {
		panic(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		panic(err)
	}
	return input, output
}
