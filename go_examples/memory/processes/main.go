// Command processes holds worker processes: the same binary started again, each waiting for work at the end of a pipe.
package main

import (
	"io"
	"os"
	"os/exec"

	"go_examples/internal/report"
)

type input struct {
	Count int `report:"count"`
}

const worker = "worker"

func main() {
	if len(os.Args) == 2 && os.Args[1] == worker {
		work()
		return
	}
	report.Main(run)
}

// work answers one byte, its start, and then each byte that it is sent with the next one.
func work() {
	message := []byte{0}
	for {
		if _, err := os.Stdout.Write(message); err != nil {
			return
		}
		if _, err := os.Stdin.Read(message); err != nil {
			return
		}
		message[0]++
	}
}

// run returns how many workers did their work.
func run(in input, mark report.Mark) int {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	pipes := make([]pipe, in.Count)
	for i := range pipes {
		if pipes[i], err = start(program); err != nil {
			panic(err)
		}
	}
	for _, pipe := range pipes {
		pipe.receive()
	}
	mark("held")
	for _, pipe := range pipes {
		pipe.send(0)
	}
	done := 0
	for _, pipe := range pipes {
		done += int(pipe.receive())
		pipe.end()
	}
	return done
}

// pipe leads to one worker and back.
type pipe struct {
	command *exec.Cmd
	to      io.WriteCloser
	from    io.Reader
}

func start(program string) (pipe, error) {
	command := exec.Command(program, worker)
	to, err := command.StdinPipe()
	if err != nil {
		return pipe{}, err
	}
	from, err := command.StdoutPipe()
	if err != nil {
		return pipe{}, err
	}
	return pipe{command, to, from}, command.Start()
}

func (p pipe) send(message byte) {
	if _, err := p.to.Write([]byte{message}); err != nil {
		panic(err)
	}
}

func (p pipe) receive() byte {
	message := make([]byte, 1)
	if _, err := io.ReadFull(p.from, message); err != nil {
		panic(err)
	}
	return message[0]
}

// end closes the worker's input, at which it ends, and waits for that.
func (p pipe) end() {
	p.to.Close()
	if err := p.command.Wait(); err != nil {
		panic(err)
	}
}
