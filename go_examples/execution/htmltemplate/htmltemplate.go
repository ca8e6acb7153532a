// Package htmltemplate makes a page with a table with html/template, which finds out for each value how the place where it
// goes has to be escaped.
package htmltemplate

import (
	"bytes"
	"html/template"

	"go_examples/internal/orderrows"
)

var page = template.Must(template.New("page").Parse("" +
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Orders</title></head><body><table>` +
	`<tr><th>Order</th><th>Customer</th><th>Product</th><th>Quantity</th><th>Total</th><th>Status</th><th>Note</th></tr>` +
	`{{range .}}<tr class="{{.Status}}">` +
	`<td>{{.Number}}</td><td>{{.Customer}}</td><td>{{.Product}}</td><td>{{.Quantity}}</td><td>{{.Total}}</td>` +
	`<td>{{.Status}}</td><td>{{if .Note}}<em>{{.Note}}</em>{{end}}</td>` +
	`</tr>{{end}}</table></body></html>`))

// Prepare returns the decoded rows.
func Prepare(in orderrows.Input) []orderrows.Row { return orderrows.Decode(in) }

// Run returns the page.
func Run(rows []orderrows.Row) []byte {
	var out bytes.Buffer
	if err := page.Execute(&out, rows); err != nil {
		panic(err)
	}
	return out.Bytes()
}
