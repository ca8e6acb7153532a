// Command gin is the CRUD service on Gin: its router and recovery, its binding with the rules of validator, and pgx.
package main

import (
	"log"
	"net/http"
	"reflect"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"github.com/jackc/pgx/v5/pgxpool"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
)

// server is what the handlers share.
type server struct {
	db *pgxpool.Pool
}

func main() {
	pool, err := backend.Pool()
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := serving.Serve((&server{pool}).routes()); err != nil {
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

func (s *server) routes() http.Handler {
	router := gin.New()
	router.Use(gin.Recovery()) // of the default middleware the logger is left out, as on every server
	router.GET("/plaintext", s.plaintext)
	router.GET("/purchases/:id", s.read)
	router.GET("/purchases", s.list)
	router.POST("/purchases", s.insert)
	router.PUT("/purchases/:id", s.update)
	return router
}
