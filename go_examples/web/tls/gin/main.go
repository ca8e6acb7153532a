// Command gin answers JSON over TLS, by Gin.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"

	"go_examples/web/internal/secure"
)

type greeting struct {
	Message string `json:"message"`
}

func main() {
	if err := secure.Serve(routes()); err != nil {
		log.Fatal(err)
	}
}

func routes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery()) // of the default middleware the logger is left out, as on every server
	router.GET("/plaintext", func(c *gin.Context) { c.String(http.StatusOK, "Hello, World!") })
	router.GET("/json", func(c *gin.Context) { c.JSON(http.StatusOK, greeting{"Hello, World!"}) })
	return router
}
