package main

import (
	"testing"

	"go_examples/web/internal/contract"
)

func TestContract(t *testing.T) {
	t.Setenv("POOL", "1")
	db, err := open()
	if err != nil {
		t.Fatal(err)
	}
	contract.CheckCRUD(t, (&server{db}).routes())
}
