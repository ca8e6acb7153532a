// Command gin is the validated POST of web/gin as a service in production has it: Gin and its middleware.
package main

import (
	"log"
	"net/http"
	"reflect"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
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

func init() {
	gin.SetMode(gin.ReleaseMode)
	validate := binding.Validator.Engine().(*validator.Validate)
	validate.RegisterTagNameFunc(func(field reflect.StructField) string {
		return field.Tag.Get("json") // errors name a field as the client does
	})
	validate.RegisterValidation("address", func(field validator.FieldLevel) bool { return backend.IsAddress(field.Field().String()) })
}

func routes(service *production.Service) http.Handler {
	router := gin.New()
	router.Use(observed(service), gin.Recovery())
	router.GET("/plaintext", func(c *gin.Context) { c.String(http.StatusOK, "Hello, World!") })
	router.POST("/orders", authorised(service.Tokens), placeOrder)
	router.GET("/metrics", gin.WrapH(promhttp.Handler()))
	return router
}

// observed traces, logs, counts and times all requests.
func observed(service *production.Service) gin.HandlerFunc {
	return func(c *gin.Context) {
		began := time.Now()
		ctx, trace := production.Begin(c.Request.Context(), c.GetHeader("Traceparent"))
		c.Request = c.Request.WithContext(ctx)
		c.Header("Traceresponse", trace.Header())
		c.Next()
		service.Answered(ctx, c.Request, c.FullPath(), c.Writer.Status(), time.Since(began))
	}
}

// authorised refuses requests without a token.
func authorised(tokens production.Tokens) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !tokens.Valid(production.Bearer(c.GetHeader("Authorization"))) {
			c.Header("WWW-Authenticate", "Bearer")
			c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": production.Unauthorised})
		}
	}
}
