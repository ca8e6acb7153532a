package main

import (
	"net/http"
	"testing"

	"github.com/revel/revel"
	"github.com/revel/revel/session"

	"go_examples/web/internal/contract"
)

func TestContract(t *testing.T) {
	t.Setenv("PORT", "1") // which nothing listens on: the test has a listener of its own
	prepare("../../..")
	session.InitSession(revel.RevelLog)
	revel.InitServerEngine(revel.HTTPPort, revel.GO_NATIVE_SERVER_ENGINE)
	revel.InitServer()
	contract.Check(t, revel.CurrentEngine.Engine().(*http.Server).Handler)
}
