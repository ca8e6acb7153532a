package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// What a phase may say of its transport; without, its requests are made by one thread, on bare connections.
const (
	transportOff       = "off"        // no TLS, for comparison
	transportKept      = "keep-alive" // TLS, on connections that are kept
	transportHandshake = "handshake"  // TLS, with a new connection and a full handshake for each request
	transportHTTP2     = "h2"         // HTTP/2 over TLS
)

var transports = []string{transportOff, transportKept, transportHandshake, transportHTTP2}

// client asks by net/http, which has TLS and HTTP/2. That costs several times what bare connections do.
type client struct {
	transport  http.Transport
	mode       string
	limit      time.Duration
	opened     atomic.Int64
	handshakes atomic.Int64
}

// newClient returns a client of so many connections at most, which trusts the certificate of the phase alone.
func newClient(plan *phase, connections int, limit time.Duration) (*client, error) {
	c := &client{mode: plan.Transport, limit: limit}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(c.mode != transportHTTP2)
	protocols.SetHTTP2(c.mode == transportHTTP2)
	c.transport.Protocols = protocols
	c.transport.MaxConnsPerHost, c.transport.MaxIdleConnsPerHost = connections, connections
	c.transport.DisableKeepAlives = c.mode == transportHandshake
	c.transport.DisableCompression = true
	c.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		c.opened.Add(1)
		return (&net.Dialer{Timeout: dialled}).DialContext(ctx, network, address)
	}
	if c.mode == transportOff {
		return c, nil
	}
	pem, err := os.ReadFile(plan.Certificate)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s: there is no certificate in it", plan.Certificate)
	}
	c.transport.TLSClientConfig = &tls.Config{
		RootCAs:          roots,
		MinVersion:       tls.VersionTLS13,
		CurvePreferences: []tls.CurveID{tls.X25519}, // the one that all servers have: no server does another's arithmetic
		VerifyConnection: func(tls.ConnectionState) error { c.handshakes.Add(1); return nil },
	}
	return c, nil
}

// ask returns the answer to a request, which has to come within the limit.
func (c *client) ask(request []byte) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), c.limit)
	defer cancel()
	response, body, err := c.exchange(ctx, request)
	switch {
	case ctx.Err() != nil:
		return nil, nil, fmt.Errorf("not answered within %g s", c.limit.Seconds())
	case err != nil:
		return nil, nil, fmt.Errorf("the connection failed: %w", err)
	}
	if (response.ProtoMajor == 2) != (c.mode == transportHTTP2) {
		return nil, nil, fmt.Errorf("answered by %s, which was not asked for", response.Proto)
	}
	return response, body, nil
}

func (c *client) exchange(ctx context.Context, text []byte) (*http.Response, []byte, error) {
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(text)))
	if err != nil {
		return nil, nil, err
	}
	request.RequestURI, request.URL.Host, request.URL.Scheme = "", request.Host, "https"
	if c.mode == transportOff {
		request.URL.Scheme = "http"
	}
	response, err := c.transport.RoundTrip(request.WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, body, err
}

func (c *client) close() { c.transport.CloseIdleConnections() }

// possibleTransport refuses what makes no sense.
func (p *phase) possibleTransport() error {
	if p.Transport == "" {
		if p.Certificate != "" {
			return fmt.Errorf("a certificate belongs to a phase with a transport: %s", strings.Join(transports, ", "))
		}
		return nil
	}
	switch {
	case !slices.Contains(transports, p.Transport):
		return fmt.Errorf("unknown transport %q: it is one of %s", p.Transport, strings.Join(transports, ", "))
	case p.Mode != "check" && p.Mode != "open":
		return fmt.Errorf("mode %q has no transport: check and open have", p.Mode)
	case p.endpoint.WebSocket:
		return fmt.Errorf("%s has no transport: it is no request", p.Endpoint)
	case (p.Transport == transportOff) != (p.Certificate == ""):
		return fmt.Errorf("transport %q: all but %q need a certificate, a file", p.Transport, transportOff)
	}
	return nil
}
