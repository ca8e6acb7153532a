// Command echo answers JSON over TLS, by Echo.
package main

import (
	"log"
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

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
	e := echo.New()
	e.Use(middleware.Recover())
	e.GET("/plaintext", func(c *echo.Context) error { return c.String(http.StatusOK, "Hello, World!") })
	e.GET("/json", func(c *echo.Context) error { return c.JSON(http.StatusOK, greeting{"Hello, World!"}) })
	return e
}
