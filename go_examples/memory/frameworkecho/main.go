// Command frameworkecho is Echo alone: it has one page and answers one request.
package main

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v5"

	"go_examples/internal/gateway"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(_ struct{}, mark report.Mark) int {
	start := time.Now()
	router := echo.New()
	router.GET("/", func(c *echo.Context) error { return c.String(http.StatusOK, "hello\n") })
	answered := gateway.Status(router)
	mark("start", report.Figure{Name: "seconds", Value: time.Since(start).Seconds()})
	return answered
}
