// Package secure is how a Go server listens with TLS of its own, and ends.
package secure

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Serve answers on PORT of 127.0.0.1, with the certificate and the key in the files that TLS_CERTIFICATE and TLS_KEY name, until the
// process is told to end; then it waits for the requests under way. A client has HTTP/2 if it asks for it. Without a certificate
// there is no TLS.
func Serve(handler http.Handler) error {
	server := &http.Server{
		Addr:              "127.0.0.1:" + os.Getenv("PORT"),
		Handler:           handler,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS13},
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       75 * time.Second,
	}
	told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		<-told.Done()
		limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		ended <- server.Shutdown(limit)
	}()
	serve := func() error { return server.ListenAndServeTLS(os.Getenv("TLS_CERTIFICATE"), os.Getenv("TLS_KEY")) }
	if os.Getenv("TLS_CERTIFICATE") == "" {
		serve = server.ListenAndServe
	}
	if err := serve(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-ended
}
