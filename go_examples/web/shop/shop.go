// Package shop is a shop on Gin with GORM: ten resources with five requests each, an ORM, and settings; what a service has when it is
// started as a function. bench/workloads/web/shop answers the same.
package shop

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"go_examples/web/internal/backend"
)

type about struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
}

// New returns the shop with settings. It connects to the database when a request needs it.
func New(settings Settings) (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	validate := binding.Validator.Engine().(*validator.Validate)
	err := validate.RegisterValidation("address", func(field validator.FieldLevel) bool {
		return backend.IsAddress(field.Field().String())
	})
	if err != nil {
		return nil, err
	}
	db, err := open(settings)
	if err != nil {
		return nil, err
	}
	router := gin.New()
	router.Use(gin.Recovery()) // of the default middleware the logger is left out, as on every server
	router.GET("/", func(c *gin.Context) { c.JSON(http.StatusOK, about{settings.Name, settings.Environment}) })
	return router, routes(router, db)
}

// open returns GORM over pgx, which keeps its prepared statements. A single statement needs no transaction around it, and as many
// connections stay open as there may be, where database/sql would keep two.
func open(settings Settings) (*gorm.DB, error) {
	db, err := gorm.Open(postgres.Open(settings.DatabaseURL), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		TranslateError:         true,
		Logger:                 logger.Discard,
	})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(settings.Pool)
	pool.SetMaxIdleConns(settings.Pool)
	return db, nil
}

func routes(router gin.IRouter, db *gorm.DB) error {
	return errors.Join(
		resource(router, db, "/customers", func(id int32, f CustomerFields) Customer { return Customer{ID: id, CustomerFields: f} }),
		resource(router, db, "/addresses", func(id int32, f AddressFields) Address { return Address{ID: id, AddressFields: f} }),
		resource(router, db, "/reviews", func(id int32, f ReviewFields) Review { return Review{ID: id, ReviewFields: f} }),
		resource(router, db, "/categories", func(id int32, f CategoryFields) Category { return Category{ID: id, CategoryFields: f} }),
		resource(router, db, "/suppliers", func(id int32, f SupplierFields) Supplier { return Supplier{ID: id, SupplierFields: f} }),
		resource(router, db, "/products", func(id int32, f ProductFields) Product { return Product{ID: id, ProductFields: f} }),
		resource(router, db, "/orders", func(id int32, f OrderFields) Order { return Order{ID: id, OrderFields: f} }),
		resource(router, db, "/lines", func(id int32, f LineFields) Line { return Line{ID: id, LineFields: f} }),
		resource(router, db, "/payments", func(id int32, f PaymentFields) Payment { return Payment{ID: id, PaymentFields: f} }),
		resource(router, db, "/shipments", func(id int32, f ShipmentFields) Shipment { return Shipment{ID: id, ShipmentFields: f} }),
	)
}
