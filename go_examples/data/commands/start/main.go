// Command start reads a small table with encoding/csv, and prints the sum of a column.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
)

func main() {
	rows, err := csv.NewReader(os.Stdin).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	total, column := 0.0, slices.Index(rows[0], "amount")
	for _, row := range rows[1:] {
		amount, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			log.Fatal(err)
		}
		total += amount
	}
	fmt.Printf("%.2f\n", total)
}
