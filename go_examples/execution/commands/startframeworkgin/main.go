// Command startframeworkgin has Gin with one route: ready, but not started.
package main

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", greet)
	fmt.Println("ready")
}

func greet(c *gin.Context) {
	c.String(http.StatusOK, "hello\n")
}
