// Package tables reads payments and customers with encoding/csv, as a program without a library for tables has them.
package tables

import (
	"encoding/csv"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Payment is one row of payments.
type Payment struct {
	ID, Customer int
	Country      string
	Quantity     int
	Amount       float64
}

// Customer is one row of customers.
type Customer struct {
	ID      int
	Segment string
}

// Filtered is how many payments there are, and the sum of their amounts.
type Filtered struct {
	Count int
	Total float64
}

// Path returns the path of a generated file, from any folder of the repository. It panics outside of it.
func Path(name string) string {
	folder, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(folder, "bench", "catalog")); err == nil {
			return filepath.Join(folder, "build", "inputs", name)
		}
		if folder == filepath.Dir(folder) {
			panic("not inside the repository: no folder above holds bench/catalog")
		}
		folder = filepath.Dir(folder)
	}
	panic(err)
}

// Payments reads a file that is CSV with a line of names. It panics where that is not as expected.
func Payments(name string) []Payment { return slices.Collect(EachPayment(name)) }

// EachPayment reads a file likewise, a row at a time.
func EachPayment(name string) iter.Seq[Payment] {
	return func(yield func(Payment) bool) {
		countries := make(map[string]string)
		for record := range rows(name) {
			payment := Payment{
				ID: whole(record[0]), Customer: whole(record[1]), Country: once(countries, record[2]), Quantity: whole(record[3]),
				Amount: float(record[4]),
			}
			if !yield(payment) {
				return
			}
		}
	}
}

// Amounts reads the last column of payments.
func Amounts(name string) []float64 {
	var amounts []float64
	for record := range rows(name) {
		amounts = append(amounts, float(record[4]))
	}
	return amounts
}

// Customers reads a file likewise.
func Customers(name string) []Customer {
	var customers []Customer
	for record := range rows(name) {
		customers = append(customers, Customer{ID: whole(record[0]), Segment: record[1]})
	}
	return customers
}

// once returns the one copy of a text that is kept. The cells of a row are parts of one string, which any of them keeps alive.
func once(kept map[string]string, cell string) string {
	text, known := kept[cell]
	if !known {
		text = strings.Clone(cell)
		kept[text] = text
	}
	return text
}

func float(cell string) float64 {
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		panic(err)
	}
	return number
}

func whole(cell string) int {
	number, err := strconv.Atoi(cell)
	if err != nil {
		panic(err)
	}
	return number
}

// rows yields the rows of a generated file, but for the line of names. Their cells are copies.
func rows(name string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		file, err := os.Open(Path(name))
		if err != nil {
			panic(err)
		}
		defer file.Close()
		reader := csv.NewReader(file)
		for first := true; ; first = false {
			record, err := reader.Read()
			if err == io.EOF {
				return
			} else if err != nil {
				panic(err)
			}
			if !first && !yield(record) {
				return
			}
		}
	}
}
