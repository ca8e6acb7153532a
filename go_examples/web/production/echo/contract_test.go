package main

import (
	"testing"

	"go_examples/web/internal/contract"
)

func TestContract(t *testing.T) { contract.CheckProduction(t, routes) }
