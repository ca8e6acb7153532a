package main

import (
	"testing"

	"go_examples/web/internal/backend"
	"go_examples/web/internal/contract"
)

func TestContract(t *testing.T) {
	pool, err := backend.Pool()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	contract.CheckCRUD(t, (&server{pool}).routes())
}
