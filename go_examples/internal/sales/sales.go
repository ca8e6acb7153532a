// Package sales holds sales as a service does: a struct for each. The Python twin is bench/workloads/execution/sales.py.
package sales

import (
	"strconv"
	"strings"
)

// Sale is what a customer bought.
type Sale struct {
	Customer string
	// Placed is in seconds since 1970; no two sales have the same.
	Placed int
	Cents  int
}

// Decode reads a line for each sale, a tab between its fields.
func Decode(rows []byte) []Sale {
	var sales []Sale
	for line := range strings.Lines(string(rows)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		sales = append(sales, Sale{fields[0], number(fields[1]), number(fields[2])})
	}
	return sales
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}
