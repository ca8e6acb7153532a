// Command startgonum reads a small table with encoding/csv, and prints the sum of a column, which the library gonum adds up.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/floats"
)

func main() {
	rows, err := csv.NewReader(os.Stdin).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	column := slices.Index(rows[0], "amount")
	amounts := make([]float64, len(rows)-1)
	for i, row := range rows[1:] {
		if amounts[i], err = strconv.ParseFloat(row[column], 64); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("%.2f\n", floats.Sum(amounts))
}
