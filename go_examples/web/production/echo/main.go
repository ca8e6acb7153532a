// Command echo is the validated POST of web/echo as a service in production has it: Echo and its middleware.
package main

import (
	"log"
	"log/slog"
	"net/http"
	"os"
	"reflect"

	"github.com/go-playground/validator/v10"
	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
	"go_examples/web/internal/production"
)

func main() {
	service, err := production.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve(routes(service)); err != nil {
		log.Fatal(err)
	}
}

func routes(service *production.Service) http.Handler {
	validate := validator.New(validator.WithRequiredStructEnabled())
	validate.RegisterTagNameFunc(func(field reflect.StructField) string {
		return field.Tag.Get("json") // errors name a field as the client does
	})
	validate.RegisterValidation("address", func(field validator.FieldLevel) bool { return backend.IsAddress(field.Field().String()) })
	e := echo.NewWithConfig(echo.Config{
		Logger:           slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Validator:        rules{validate},
		HTTPErrorHandler: fail,
	})
	e.Use(observed(service), middleware.Recover())
	e.GET("/plaintext", func(c *echo.Context) error { return c.String(http.StatusOK, "Hello, World!") })
	e.POST("/orders", placeOrder, authorised(service.Tokens))
	e.GET("/metrics", echo.WrapHandler(promhttp.Handler()))
	return e
}

// observed traces, logs, counts and times all requests.
func observed(service *production.Service) echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		HandleError:  true,
		LogLatency:   true,
		LogRoutePath: true,
		LogStatus:    true,
		BeforeNextFunc: func(c *echo.Context) {
			ctx, trace := production.Begin(c.Request().Context(), c.Request().Header.Get("Traceparent"))
			c.SetRequest(c.Request().WithContext(ctx))
			c.Response().Header().Set("Traceresponse", trace.Header())
		},
		LogValuesFunc: func(c *echo.Context, seen middleware.RequestLoggerValues) error {
			service.Answered(c.Request().Context(), c.Request(), seen.RoutePath, seen.Status, seen.Latency)
			return nil
		},
	})
}

// authorised refuses requests without a token.
func authorised(tokens production.Tokens) echo.MiddlewareFunc {
	return middleware.KeyAuthWithConfig(middleware.KeyAuthConfig{
		Validator: func(_ *echo.Context, token string, _ middleware.ExtractorSource) (bool, error) {
			return tokens.Valid(token), nil
		},
		ErrorHandler: func(c *echo.Context, _ error) error {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
			return echo.NewHTTPError(http.StatusUnauthorized, production.Unauthorised)
		},
	})
}
