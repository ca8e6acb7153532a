// Package htmltemplate makes a page with a table with html/template, which finds out for each value how the place where it
// goes has to be escaped.
package htmltemplate

import (
	"bytes"
	"encoding/json"
	"html/template"
)

var page = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Orders</title></head>
<body>
<table>
<tr><th>Order</th><th>Customer</th><th>Product</th><th>Quantity</th><th>Total</th><th>Status</th><th>Note</th></tr>
{{range . -}}
<tr class="{{.Status}}">
<td>{{.Number}}</td><td>{{.Customer}}</td><td>{{.Product}}</td><td>{{.Quantity}}</td><td>{{.Total}}</td>
<td>{{.Status}}</td><td>{{if .Note}}<em>{{.Note}}</em>{{end}}</td>
</tr>
{{end -}}
</table>
</body>
</html>
`))

// Input holds the arguments that the catalog names.
type Input struct {
	Rows []byte `json:"rows"`
}

// Row is one row of the table.
type Row struct {
	Number   int    `json:"number"`
	Customer string `json:"customer"`
	Product  string `json:"product"`
	Quantity int    `json:"quantity"`
	Total    string `json:"total"`
	Status   string `json:"status"`
	Note     string `json:"note"`
}

// Prepare returns the decoded rows.
func Prepare(in Input) []Row {
	var rows []Row
	if err := json.Unmarshal(in.Rows, &rows); err != nil {
		panic(err)
	}
	return rows
}

// Run returns the page.
func Run(rows []Row) []byte {
	var out bytes.Buffer
	if err := page.Execute(&out, rows); err != nil {
		panic(err)
	}
	return out.Bytes()
}
