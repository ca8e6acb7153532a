// Package sales holds sales as a service does: a struct for each. The Python twin is bench/workloads/execution/sales.py.
package sales

import (
	"strings"

	"go_examples/internal/integers"
	"go_examples/internal/lines"
)

// most is the most cents of a sale, either way: no sum of some hundred thousand of them comes near the end of 64 bits.
const most = 100_000_000

// Sale is what a customer bought.
type Sale struct {
	Customer string
	// Placed is in seconds since 1970; no two sales have the same.
	Placed int
	Cents  int
}

// Decode reads a line for each sale, a tab between its fields. It panics if a line has other fields, or more cents than most.
func Decode(rows []byte) []Sale {
	var sales []Sale
	for _, line := range lines.Decode(rows) {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			panic("not the three fields of a sale: " + line)
		}
		sale := Sale{fields[0], int(integers.Parse(fields[1])), int(integers.Parse(fields[2]))}
		if sale.Cents < -most || sale.Cents > most {
			panic("a sale of too many cents: " + line)
		}
		sales = append(sales, sale)
	}
	return sales
}
