// Command nethttp is the validated POST of web/nethttp as a service in production has it: net/http and its middleware.
package main

import (
	"log"

	"go_examples/internal/serving"
	"go_examples/web/internal/production"
)

func main() {
	service, err := production.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve(routes(service)); err != nil {
		log.Fatal(err)
	}
}
