// Command echo keeps idle WebSockets on Echo.
package main

import (
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"go_examples/internal/serving"
	"go_examples/web/idle/internal/hub"
)

type sent struct {
	Sent int `json:"sent"`
}

// server is what the handlers share.
type server struct {
	hub *hub.Hub
}

func main() {
	connections, err := hub.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve((&server{connections}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	e := echo.NewWithConfig(echo.Config{
		Logger: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	e.Use(middleware.Recover())
	e.GET("/plaintext", s.plaintext)
	e.GET("/ws", s.open)
	e.POST("/broadcast", s.broadcast)
	return e
}

func (s *server) plaintext(c *echo.Context) error {
	return c.String(http.StatusOK, "Hello, World!")
}

func (s *server) open(c *echo.Context) error {
	s.hub.Open(c.Response(), c.Request())
	return nil
}

func (s *server) broadcast(c *echo.Context) error {
	text, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, 1<<10))
	if err != nil {
		return echo.ErrBadRequest.Wrap(err)
	}
	count, err := s.hub.Broadcast(text)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, sent{count})
}
