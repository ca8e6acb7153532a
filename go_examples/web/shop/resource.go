package shop

import (
	"errors"
	"log"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// part says which rows of a table are listed: so many, by their ids, after one of them.
type part struct {
	After int32 `form:"after" binding:"min=0"`
	Limit int   `form:"limit,default=20" binding:"min=1,max=100"`
}

// resource adds the five requests for a table: of fields F, which clients send, and rows R, which they get. It fails where R is no
// model, so that a mistake there ends the start and not the first request.
func resource[F, R any](router gin.IRouter, db *gorm.DB, path string, row func(int32, F) R) error {
	if err := (&gorm.Statement{DB: db}).Parse(new(R)); err != nil {
		return err
	}
	table := router.Group(path)
	table.GET("", func(c *gin.Context) {
		var wanted part
		if err := c.ShouldBindQuery(&wanted); err != nil {
			refuse(c, err)
			return
		}
		rows := make([]R, 0, wanted.Limit)
		err := db.WithContext(c.Request.Context()).Where("id > ?", wanted.After).Order("id").Limit(wanted.Limit).Find(&rows).Error
		answer(c, http.StatusOK, rows, err)
	})
	table.POST("", func(c *gin.Context) {
		var fields F
		if err := c.ShouldBindJSON(&fields); err != nil {
			refuse(c, err)
			return
		}
		stored := row(0, fields)
		err := db.WithContext(c.Request.Context()).Create(&stored).Error
		answer(c, http.StatusCreated, stored, err)
	})
	table.GET("/:id", identified(func(c *gin.Context, id int32) {
		var stored R
		err := db.WithContext(c.Request.Context()).Take(&stored, id).Error
		answer(c, http.StatusOK, stored, err)
	}))
	table.PUT("/:id", identified(func(c *gin.Context, id int32) {
		var fields F
		if err := c.ShouldBindJSON(&fields); err != nil {
			refuse(c, err)
			return
		}
		changed := row(id, fields)
		// all columns by name, since a field that is 0 would be left out
		updated := db.WithContext(c.Request.Context()).Model(new(R)).Where("id = ?", id).
			Select("*").Omit("id", clause.Associations).Updates(changed)
		answer(c, http.StatusOK, changed, affected(updated))
	}))
	table.DELETE("/:id", identified(func(c *gin.Context, id int32) {
		deleted := db.WithContext(c.Request.Context()).Delete(new(R), id)
		answer(c, http.StatusNoContent, nil, affected(deleted))
	}))
	return nil
}

// identified reads the id of a path.
func identified(handle func(*gin.Context, int32)) gin.HandlerFunc {
	return func(c *gin.Context) {
		id, err := strconv.ParseInt(c.Param("id"), 10, 32)
		if err != nil {
			refuse(c, errors.New("id must be an integer"))
			return
		}
		handle(c, int32(id))
	}
}

// affected returns why a statement changed no row, if it did not.
func affected(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return gorm.ErrRecordNotFound
	}
	return done.Error
}

func refuse(c *gin.Context, err error) {
	c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
}

// answer sends a value; an error says that there is no such row, that it conflicts with others, or that the server is at fault.
func answer(c *gin.Context, status int, value any, err error) {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		c.JSON(http.StatusNotFound, gin.H{"error": "no such row"})
	case errors.Is(err, gorm.ErrForeignKeyViolated), errors.Is(err, gorm.ErrDuplicatedKey):
		c.JSON(http.StatusConflict, gin.H{"error": "conflicts with other rows"})
	case err != nil:
		log.Printf("%s %s: %v", c.Request.Method, c.Request.URL.Path, err)
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": http.StatusText(http.StatusInternalServerError)})
	default:
		c.JSON(status, value)
	}
}
