// Command firstresponseshop is the shop on Gin with GORM, on the port of the last argument.
package main

import (
	"log"
	"net/http"
	"os"

	"go_examples/web/shop"
)

func main() {
	settings, err := shop.ReadSettings()
	if err != nil {
		log.Fatal(err)
	}
	handler, err := shop.New(settings)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[len(os.Args)-1], handler))
}
