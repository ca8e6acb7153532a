// Command firstresponsegin is Gin with one route, on the port of the last argument.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", greet)
	log.Fatal(router.Run("127.0.0.1:" + os.Args[len(os.Args)-1]))
}

func greet(c *gin.Context) {
	c.String(http.StatusOK, "hello\n")
}
