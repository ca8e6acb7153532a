// Command revel is the web server in Revel: the routes of conf/routes, the actions of app/controllers, the templates of app/views.
//
// Revel's project generator writes a main package like this one each time it builds. This one is kept, so that go build is enough
// to build the server; docs/decisions/revel.md has the reasons. REVEL_SOURCE is the folder that go_examples is in, by default
// the working directory.
package main

import (
	"cmp"
	"os"
	"reflect"

	"github.com/revel/revel"

	_ "go_examples/web/revel/app"
	"go_examples/web/revel/app/controllers"
)

func main() {
	prepare(cmp.Or(os.Getenv("REVEL_SOURCE"), "."))
	revel.Run(revel.HTTPPort)
}

// prepare reads the configuration from below that folder, and names the actions and their arguments: Revel binds parameters by
// names that compiled code no longer has.
func prepare(source string) {
	revel.Init("prod", "go_examples/web/revel", source)
	revel.RegisterController((*controllers.App)(nil), []*revel.MethodType{
		{Name: "Plaintext"},
		{Name: "JSON"},
		{Name: "Item", Args: []*revel.MethodArg{
			{Name: "id", Type: reflect.TypeOf((*string)(nil))},
			{Name: "size", Type: reflect.TypeOf((*string)(nil))},
			{Name: "limit", Type: reflect.TypeOf((*string)(nil))},
		}},
		{Name: "Order"},
		{Name: "World", Args: []*revel.MethodArg{{Name: "id", Type: reflect.TypeOf((*int)(nil))}}},
		{Name: "Worlds", Args: []*revel.MethodArg{{Name: "first", Type: reflect.TypeOf((*int)(nil))}}},
		{Name: "Fortunes"},
		{Name: "Counters", Args: []*revel.MethodArg{{Name: "first", Type: reflect.TypeOf((*int)(nil))}}},
		{Name: "Upstream"},
		{Name: "Primes"},
		{Name: "Stream"},
		{Name: "Echo", Args: []*revel.MethodArg{{Name: "ws", Type: reflect.TypeOf((*revel.ServerWebSocket)(nil))}}},
	})
}
