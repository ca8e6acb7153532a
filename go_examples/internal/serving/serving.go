// Package serving is how each Go server listens and ends, which is no framework's business.
package serving

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

// Serve answers on PORT of 127.0.0.1 until the process is told to end; then it waits for the requests under way. The limits are
// those that a server in production has against clients that are too slow, far from any time that is measured. Where TLS_CERTIFICATE
// and TLS_KEY name files it speaks TLS, and HTTP/2 with clients that ask for it.
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
	if err := listen(server); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-ended
}

func listen(server *http.Server) error {
	if certificate := os.Getenv("TLS_CERTIFICATE"); certificate != "" {
		return server.ListenAndServeTLS(certificate, os.Getenv("TLS_KEY"))
	}
	return server.ListenAndServe()
}
