package main

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// serveControl lets each connection command clients of its own.
func serveControl(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go obey(conn)
	}
}

// obey carries out the requests of one connection until it ends.
func obey(conn net.Conn) {
	defer conn.Close()
	var held clients
	defer held.close()
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		answer, err := carryOut(&held, lines.Text())
		if err != nil {
			answer = "error " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		if _, err := fmt.Fprintln(conn, answer); err != nil {
			return
		}
	}
}

// carryOut does what one line asks for, and returns the line that answers it.
func carryOut(held *clients, line string) (string, error) {
	line, echo := strings.CutSuffix(line, " echo")
	name, rest, _ := strings.Cut(line, " ")
	numbers, err := wholeNumbers(rest)
	switch {
	case err != nil:
		return "", err
	case name == "connect" && len(numbers) == 2:
		return fmt.Sprintf("connected %d", numbers[1]), held.connect(numbers[0], numbers[1], echo)
	case name == "rounds" && len(numbers) == 1 && !echo:
		total, err := held.rounds(numbers[0])
		return fmt.Sprintf("done %d", total), err
	case name == "close" && len(numbers) == 0 && !echo:
		held.close()
		return "closed", nil
	default:
		return "", fmt.Errorf("unknown request %q", line)
	}
}

func wholeNumbers(text string) ([]int, error) {
	var numbers []int
	for _, field := range strings.Fields(text) {
		number, err := strconv.Atoi(field)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, nil
}
