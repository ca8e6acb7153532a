// Command gin keeps idle WebSockets on Gin.
package main

import (
	"io"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"

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
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery()) // of the default middleware the logger is left out, as on every server
	router.GET("/plaintext", s.plaintext)
	router.GET("/ws", s.open)
	router.POST("/broadcast", s.broadcast)
	return router
}

func (s *server) plaintext(c *gin.Context) {
	c.String(http.StatusOK, "Hello, World!")
}

func (s *server) open(c *gin.Context) {
	s.hub.Open(c.Writer, c.Request)
}

func (s *server) broadcast(c *gin.Context) {
	text, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 1<<10))
	if err != nil {
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	count, err := s.hub.Broadcast(text)
	if err != nil {
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
		return
	}
	c.JSON(http.StatusOK, sent{count})
}
