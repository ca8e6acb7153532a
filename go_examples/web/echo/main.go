// Command echo is the server on Echo: its router and recovery, its binding and renderer, with the rules of validator.
package main

import (
	"log"
	"log/slog"
	"net/http"
	"os"
	"reflect"

	"github.com/go-playground/validator/v10"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
)

// server is what the handlers share.
type server struct {
	db       *pgxpool.Pool
	upstream *backend.Upstream
}

func main() {
	pool, err := backend.Pool()
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := serving.Serve((&server{pool, backend.NewUpstream()}).routes()); err != nil {
		log.Fatal(err)
	}
}

func (s *server) routes() http.Handler {
	validate := validator.New(validator.WithRequiredStructEnabled())
	validate.RegisterTagNameFunc(func(field reflect.StructField) string {
		return field.Tag.Get("json") // errors name a field as the client does
	})
	validate.RegisterValidation("address", func(field validator.FieldLevel) bool { return backend.IsAddress(field.Field().String()) })
	e := echo.NewWithConfig(echo.Config{
		Logger:           slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Renderer:         &echo.TemplateRenderer{Template: templates},
		Validator:        rules{validate},
		HTTPErrorHandler: fail,
	})
	e.Use(middleware.Recover())
	e.GET("/plaintext", s.plaintext)
	e.GET("/json", s.json)
	e.GET("/items/:id", s.item)
	e.POST("/orders", s.order)
	e.GET("/worlds/:id", s.world)
	e.GET("/worlds", s.worlds)
	e.GET("/fortunes", s.fortunes)
	e.POST("/counters", s.counters)
	e.GET("/upstream", s.calls)
	e.GET("/primes", s.primes)
	e.GET("/stream", s.stream)
	e.GET("/ws", s.echo)
	return e
}
