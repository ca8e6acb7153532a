// Package logformat writes structured log lines through log/slog as JSON.
//
// The present time would make each run's lines differ. So a handler in front gives each record the time of its entry; all else
// is as in a service, the look-up of the caller included.
package logformat

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"time"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Entries []byte `json:"entries"`
}

// Entry is one event, and when it was.
type Entry struct {
	Time         time.Time  `json:"time"`
	Level        slog.Level `json:"level"`
	Message      string     `json:"msg"`
	Method       string     `json:"method"`
	Path         string     `json:"path"`
	Status       int        `json:"status"`
	Microseconds int        `json:"microseconds"`
	Request      string     `json:"request"`
}

// clock sets the time of each record to now.
type clock struct {
	slog.Handler
	now time.Time
}

func (c *clock) Handle(ctx context.Context, record slog.Record) error {
	record.Time = c.now
	return c.Handler.Handle(ctx, record)
}

// Prepare returns the decoded entries.
func Prepare(in Input) []Entry {
	var entries []Entry
	for line := range bytes.Lines(in.Entries) {
		var entry Entry
		if err := json.Unmarshal(line, &entry); err != nil {
			panic(err)
		}
		entries = append(entries, entry)
	}
	return entries
}

// Run returns the lines.
func Run(entries []Entry) []byte {
	var out bytes.Buffer
	clock := &clock{Handler: slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})}
	logger := slog.New(clock)
	ctx := context.Background()
	for i := range entries {
		entry := &entries[i]
		clock.now = entry.Time
		logger.LogAttrs(ctx, entry.Level, entry.Message,
			slog.String("method", entry.Method),
			slog.String("path", entry.Path),
			slog.Int("status", entry.Status),
			slog.Int("microseconds", entry.Microseconds),
			slog.String("request", entry.Request),
		)
	}
	return out.Bytes()
}
