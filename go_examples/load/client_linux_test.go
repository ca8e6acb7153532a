package main

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const transportLine = `{"mode":"open","target":%q,"endpoint":"json","seed":7,"connections":8,"rate":100,"warm_up":0.1,"seconds":0.3,` +
	`"transport":%q,"certificate":%q}`

// servingBy starts a server for a transport, and returns its address and the file of its certificate; none without TLS.
func servingBy(t *testing.T, transport string, handler http.Handler, newest uint16) (address, certificate string) {
	t.Helper()
	if transport == transportOff {
		return serving(t, handler), ""
	}
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{MaxVersion: newest}
	server.StartTLS()
	t.Cleanup(server.Close)
	certificate = filepath.Join(t.TempDir(), "certificate.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(certificate, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.Listener.Addr().String(), certificate
}

// seen counts the connections and the protocols of a handler's requests.
type seen struct {
	clients   map[string]bool
	protocols map[string]int
	turn      chan struct{}
}

func newSeen() *seen {
	return &seen{clients: map[string]bool{}, protocols: map[string]int{}, turn: make(chan struct{}, 1)}
}

func (s *seen) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.turn <- struct{}{}
	s.clients[r.RemoteAddr] = true
	s.protocols[r.Proto]++
	<-s.turn
	right.ServeHTTP(w, r)
}

func TestEveryTransportIsWhatItIsCalled(t *testing.T) {
	for transport, want := range map[string]struct {
		protocol                       string
		mostClients, least, handshakes int
	}{
		transportOff:       {"HTTP/1.1", 8, 1, 0},
		transportKept:      {"HTTP/1.1", 8, 1, 8},
		transportHandshake: {"HTTP/1.1", 40, 40, 40},
		transportHTTP2:     {"HTTP/2.0", 8, 1, 8},
	} {
		watching := newSeen()
		address, certificate := servingBy(t, transport, watching, tls.VersionTLS13)
		found := loaded(t, transportLine, address, transport, certificate)
		if found.Errors > 0 || found.Requests != 30 || found.Sent != 40 || found.Validated == 0 || found.Opened > 8 {
			t.Errorf("%s: %+v", transport, found)
		}
		if watching.protocols[want.protocol] != 40 || len(watching.clients) < want.least || len(watching.clients) > want.mostClients {
			t.Errorf("%s: %v of %d connections", transport, watching.protocols, len(watching.clients))
		}
		if found.Handshakes > want.handshakes || found.Handshakes < len(watching.clients) && transport != transportOff {
			t.Errorf("%s: %d handshakes for %d connections", transport, found.Handshakes, len(watching.clients))
		}
	}
}

func TestAServerIsCheckedByEveryTransport(t *testing.T) {
	line := `{"mode":"check","target":%q,"endpoint":%q,"seed":7,"requests":32,"limit":10,"transport":%q,"certificate":%q}`
	for _, transport := range transports {
		address, certificate := servingBy(t, transport, right, tls.VersionTLS13)
		for _, endpoint := range []string{"json", "validated-post", "stream"} {
			if found, err := check(planned(t, fmt.Sprintf(line, address, endpoint, transport, certificate))); err != nil || found.Valid != 32 {
				t.Errorf("%s, %s: %v", transport, endpoint, err)
			}
		}
	}
}

func TestAnOlderTLSIsRefused(t *testing.T) {
	address, certificate := servingBy(t, transportKept, right, tls.VersionTLS12)
	found := loaded(t, transportLine, address, transportKept, certificate)
	if found.Requests > 0 || !strings.Contains(found.FirstError, "protocol version not supported") {
		t.Errorf("%+v", found)
	}
}

func TestAFileWithoutACertificateIsAnError(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "certificate.pem")
	if err := os.WriteFile(empty, []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, said := range map[string]string{empty: "there is no certificate in it", empty + "?": "no such file"} {
		_, err := load(planned(t, fmt.Sprintf(transportLine, "127.0.0.1:1", transportKept, file)), none)
		if err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestWhatIsWrongByATransportIsAnError(t *testing.T) {
	address, certificate := servingBy(t, transportHTTP2, replacedStatus(200, 500), tls.VersionTLS13)
	found := loaded(t, transportLine, address, transportHTTP2, certificate)
	if found.Requests > 0 || found.Errors != 40 || !strings.HasPrefix(found.FirstError, "GET /json: answered with status 500") {
		t.Errorf("%+v", found)
	}
}

func TestATransportThatMakesNoSenseIsRefused(t *testing.T) {
	for line, said := range map[string]string{
		`{"mode":"open","endpoint":"json","target":"127.0.0.1:1","transport":"carrier pigeon"}`:         `unknown transport "carrier pigeon": it is one of off, keep-alive`,
		`{"mode":"closed","endpoint":"json","target":"127.0.0.1:1","transport":"off"}`:                  `mode "closed" has no transport`,
		`{"mode":"open","endpoint":"websocket","target":"127.0.0.1:1","transport":"off"}`:               "websocket has no transport",
		`{"mode":"open","endpoint":"json","target":"127.0.0.1:1","transport":"h2"}`:                     "need a certificate",
		`{"mode":"open","endpoint":"json","target":"127.0.0.1:1","transport":"off","certificate":"/x"}`: "need a certificate",
		`{"mode":"open","endpoint":"json","target":"127.0.0.1:1","certificate":"/x"}`:                   "a certificate belongs to a phase with a transport",
	} {
		answers := told(t, line)
		if failure, _ := answers[1]["failure"].(string); !strings.Contains(failure, said) {
			t.Errorf("%s: want %s, got %q", line, said, failure)
		}
	}
}
