// Package orderrows has the rows of the page that the programs of execution/html-template make.
package orderrows

import "encoding/json"

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

// Decode returns the rows.
func Decode(in Input) []Row {
	var rows []Row
	if err := json.Unmarshal(in.Rows, &rows); err != nil {
		panic(err)
	}
	return rows
}
