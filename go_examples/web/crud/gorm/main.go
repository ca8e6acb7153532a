// Command gorm is the CRUD service on Gin whose queries are GORM's.
package main

import (
	"log"
	"net/http"
	"os"
	"reflect"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"go_examples/internal/serving"
	"go_examples/web/internal/backend"
)

// server is what the handlers share.
type server struct {
	db *gorm.DB
}

func main() {
	db, err := open()
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve((&server{db}).routes()); err != nil {
		log.Fatal(err)
	}
}

// open returns GORM over pgx, which keeps its prepared statements. A single statement needs no transaction around it, and as many
// connections stay open as there may be, where database/sql would keep two.
func open() (*gorm.DB, error) {
	connections, err := backend.Connections()
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(postgres.Open(os.Getenv("DATABASE_URL")), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
	})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(int(connections))
	pool.SetMaxIdleConns(int(connections))
	return db, nil
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
