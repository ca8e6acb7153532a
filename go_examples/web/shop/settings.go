package shop

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
)

// Settings are what differs from one deployment to another.
type Settings struct {
	Name        string
	Environment string
	DatabaseURL string
	Pool        int
}

// ReadSettings reads them from the variables whose names begin with SHOP_.
func ReadSettings() (Settings, error) {
	settings := Settings{
		Name:        cmp.Or(os.Getenv("SHOP_NAME"), "shop"),
		Environment: cmp.Or(os.Getenv("SHOP_ENVIRONMENT"), "production"),
		DatabaseURL: cmp.Or(os.Getenv("SHOP_DATABASE_URL"), "postgresql://postgres@127.0.0.1:5432/shop"),
	}
	if !slices.Contains([]string{"production", "staging", "development"}, settings.Environment) {
		return settings, fmt.Errorf("SHOP_ENVIRONMENT: there is no %q", settings.Environment)
	}
	pool := cmp.Or(os.Getenv("SHOP_POOL"), "4")
	var err error
	if settings.Pool, err = strconv.Atoi(pool); err != nil || settings.Pool < 1 || settings.Pool > 100 {
		return settings, fmt.Errorf("SHOP_POOL: %q is no number from 1 to 100", pool)
	}
	return settings, nil
}
