// Command startjson reads a document of orders from its input, and prints what they cost in cents.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"go_examples/internal/orders"
)

func main() {
	var document orders.Document
	if err := json.NewDecoder(os.Stdin).Decode(&document); err != nil {
		log.Fatal(err)
	}
	total := 0
	for _, order := range document.Orders {
		for _, item := range order.Items {
			total += item.Quantity * item.Cents
		}
	}
	fmt.Println(total)
}
