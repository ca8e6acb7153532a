package main

import (
	"embed"
	"errors"
	"html/template"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

// World is a row that is read. GORM would look for it in a table of the plural's name.
type World struct {
	ID     int32 `json:"id" gorm:"primaryKey"`
	Number int32 `json:"number"`
}

func (World) TableName() string { return "world" }

// Counter is a row that is changed.
type Counter struct {
	ID   int32 `gorm:"primaryKey"`
	Hits int32
}

func (Counter) TableName() string { return "counter" }

// Fortune is a row of the page of fortunes.
type Fortune struct {
	ID      int32 `gorm:"primaryKey"`
	Message string
}

func (Fortune) TableName() string { return "fortune" }

type updates struct {
	Updated int `json:"updated"`
}

var (
	//go:embed templates
	files     embed.FS
	templates = template.Must(template.ParseFS(files, "templates/*.html"))
)

func (s *server) plaintext(c *gin.Context) {
	c.String(http.StatusOK, "Hello, World!")
}

// --8<-- [start:one-query]
func (s *server) world(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "id must be an integer"})
		return
	}
	var found World
	err = s.db.WithContext(c.Request.Context()).Take(&found, id).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		c.JSON(http.StatusNotFound, gin.H{"error": "no such world"})
	case err != nil:
		fail(c, err)
	default:
		c.JSON(http.StatusOK, found)
	}
}

// --8<-- [end:one-query]

func (s *server) worlds(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	db := s.db.WithContext(c.Request.Context())
	worlds := make([]World, 20)
	for i := range worlds {
		if err := db.Take(&worlds[i], first+int64(i)).Error; err != nil {
			fail(c, err)
			return
		}
	}
	c.JSON(http.StatusOK, worlds)
}

func (s *server) fortunes(c *gin.Context) {
	var fortunes []Fortune
	if err := s.db.WithContext(c.Request.Context()).Find(&fortunes).Error; err != nil {
		fail(c, err)
		return
	}
	fortunes = append(fortunes, Fortune{0, "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b Fortune) int { return strings.Compare(a.Message, b.Message) })
	c.HTML(http.StatusOK, "fortunes.html", fortunes)
}

func (s *server) counters(c *gin.Context) {
	first, err := strconv.ParseInt(c.Query("first"), 10, 32)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "first must be an integer"})
		return
	}
	var done updates
	err = s.db.WithContext(c.Request.Context()).Transaction(func(tx *gorm.DB) error {
		for id := first; id < first+20; id++ {
			if err := tx.Model(&Counter{}).Where("id = ?", id).Update("hits", gorm.Expr("hits + 1")).Error; err != nil {
				return err
			}
			done.Updated++
		}
		return nil
	})
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, done)
}

// fail answers that the server is at fault, and says why on standard error.
func fail(c *gin.Context, err error) {
	log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
	c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
}
