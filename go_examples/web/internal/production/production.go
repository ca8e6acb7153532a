// Package production is what a service in production has around its handlers, whatever its framework: an access log, metrics, tokens that
// are checked, and the trace that a request is part of. The variables of the environment say where the log is, and the key of the tokens.
package production

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	requests = promauto.NewCounterVec(
		prometheus.CounterOpts{Name: "http_requests_total", Help: "Requests that were answered."},
		[]string{"method", "route", "status"},
	)
	seconds = promauto.NewHistogramVec(
		prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "How long requests took to answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		},
		[]string{"method", "route"},
	)
)

// Service is one that runs in production.
type Service struct {
	Tokens Tokens
	log    *slog.Logger
}

// New opens the file ACCESS_LOG, to which lines are added, and takes the key of the tokens from KEY.
func New() (*Service, error) {
	tokens, err := NewTokens([]byte(os.Getenv("KEY")))
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(os.Getenv("ACCESS_LOG"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("ACCESS_LOG: %w", err)
	}
	return &Service{tokens, slog.New(traced{slog.NewJSONHandler(file, nil)})}, nil
}

// Answered records a request that has been answered: a line of the access log, and the metrics of its route.
func (s *Service) Answered(ctx context.Context, r *http.Request, route string, status int, took time.Duration) {
	requests.WithLabelValues(r.Method, route, strconv.Itoa(status)).Inc()
	seconds.WithLabelValues(r.Method, route).Observe(took.Seconds())
	s.log.LogAttrs(ctx, slog.LevelInfo, "request",
		slog.String("method", r.Method),
		slog.String("path", r.URL.Path),
		slog.Int("status", status),
		slog.Float64("seconds", took.Seconds()),
	)
}

// traced adds the trace of the context to each line that is logged, those of handlers included.
type traced struct{ slog.Handler }

// Handle adds the trace to a line.
func (t traced) Handle(ctx context.Context, line slog.Record) error {
	if trace, ok := ctx.Value(key{}).(Trace); ok {
		line.AddAttrs(slog.String("trace_id", trace.ID))
	}
	return t.Handler.Handle(ctx, line)
}
