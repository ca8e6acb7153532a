// Package backend is what each web server needs and no framework provides: a pool of connections to PostgreSQL, a client of the
// slow upstream, and an end that waits for the requests under way. The variables of the environment say where to find them.
package backend

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Pool returns at most POOL connections to DATABASE_URL, with the defaults of pgx. They are opened when they are needed.
func Pool() (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	if _, ok := os.LookupEnv("POOL"); ok {
		if config.MaxConns, err = Connections(); err != nil {
			return nil, err
		}
	}
	return pgxpool.NewWithConfig(context.Background(), config)
}

// Connections returns how many connections to the database a server may have: POOL.
func Connections() (int32, error) {
	text := os.Getenv("POOL")
	connections, err := strconv.ParseInt(text, 10, 32)
	if err != nil || connections < 1 {
		return 0, fmt.Errorf("POOL: %q is no number of connections", text)
	}
	return int32(connections), nil
}
