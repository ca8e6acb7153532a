// Command frameworkgin is Gin alone: it has one page and answers one request.
package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"go_examples/internal/gateway"
	"go_examples/internal/report"
)

func main() { report.Main(run) }

func run(_ struct{}, mark report.Mark) int {
	start := time.Now()
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", func(c *gin.Context) { c.String(http.StatusOK, "hello\n") })
	answered := gateway.Status(router)
	mark("start", report.Figure{Name: "seconds", Value: time.Since(start).Seconds()})
	return answered
}
