// Command gingorm is the server on Gin whose queries are GORM's: the endpoints with a database, and one that tells it is up.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
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

func init() { gin.SetMode(gin.ReleaseMode) }

func (s *server) routes() http.Handler {
	router := gin.New()
	router.Use(gin.Recovery())
	router.SetHTMLTemplate(templates)
	router.GET("/plaintext", s.plaintext)
	router.GET("/worlds/:id", s.world)
	router.GET("/worlds", s.worlds)
	router.GET("/fortunes", s.fortunes)
	router.POST("/counters", s.counters)
	return router
}
