// Package app sets up the application: the filters that each request passes, the database and the upstream.
package app

import (
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/revel/revel"

	"go_examples/web/internal/backend"
)

var (
	// DB is the pool of connections to the database.
	DB *pgxpool.Pool
	// Upstream is another service that is slow to answer.
	Upstream *backend.Upstream
)

func init() {
	// The filters of a new project in their order, without those of sessions, flash messages and languages: a service that has
	// none of them would only look for their cookies and headers in each request.
	revel.Filters = []revel.Filter{
		revel.PanicFilter,             // Recover from panics and answer with an error page.
		revel.RouterFilter,            // Use the routing table to select the right action.
		revel.FilterConfiguringFilter, // A hook for adding or removing filters of single actions.
		revel.ParamsFilter,            // Parse parameters.
		revel.ValidationFilter,        // Collect what is wrong with them.
		headerFilter,                  // Add security headers.
		revel.InterceptorFilter,       // Run interceptors around the action.
		revel.CompressFilter,          // Compress the answer, where app.conf says so.
		revel.BeforeAfterFilter,       // Call the controller's methods before and after the action.
		revel.ActionInvoker,           // Invoke the action.
	}
	revel.OnAppStart(connect)
}

// headerFilter adds the headers that a new project adds.
func headerFilter(c *revel.Controller, chain []revel.Filter) {
	header := c.Response.Out.Header()
	header.Add("X-Frame-Options", "SAMEORIGIN")
	header.Add("X-XSS-Protection", "1; mode=block")
	header.Add("X-Content-Type-Options", "nosniff")
	header.Add("Referrer-Policy", "strict-origin-when-cross-origin")
	chain[0](c, chain[1:])
}

// connect makes the pool and the client, which open their connections when they need them.
func connect() {
	pool, err := backend.Pool()
	if err != nil {
		revel.AppLog.Fatal("The database is out of reach", "error", err)
	}
	revel.OnAppStop(pool.Close)
	DB, Upstream = pool, backend.NewUpstream()
}
