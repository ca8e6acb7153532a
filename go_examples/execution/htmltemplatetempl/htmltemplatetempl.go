// Package htmltemplatetempl makes a page with a table with the library templ, which turns a template into Go code before the program
// is compiled: `go run github.com/a-h/templ/cmd/templ@v0.3.1100 generate` makes page_templ.go of page.templ.
package htmltemplatetempl

import (
	"bytes"
	"context"

	"go_examples/internal/orderrows"
)

// Prepare returns the decoded rows.
func Prepare(in orderrows.Input) []orderrows.Row { return orderrows.Decode(in) }

// Run returns the page.
func Run(rows []orderrows.Row) []byte {
	var out bytes.Buffer
	if err := page(rows).Render(context.Background(), &out); err != nil {
		panic(err)
	}
	return out.Bytes()
}
