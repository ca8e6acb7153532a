package endpoints

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// What a token of a service in production says; its servers accept no other: bench/workloads/web/production/tokens.py.
const (
	issuer   = "https://id.example.org"
	audience = "orders"
	users    = 256 // that have a token each
	shortest = 32  // bytes of a key: RFC 7518, section 3.2
)

var (
	issued  = time.Unix(1_750_000_000, 0) // June 2025
	expires = time.Unix(4_102_444_800, 0) // January 2100
)

// guarded is a service that answers only who has a token, and that carries the trace of a request on.
type guarded struct{ tokens [users][]byte }

// newGuarded returns the service of a key, and the requests that it has to refuse.
func newGuarded(key string) (*guarded, []Invalid, error) {
	if len(key) < shortest {
		return nil, nil, fmt.Errorf("production-post needs -key, of at least %d bytes", shortest)
	}
	service := &guarded{}
	for i := range service.tokens {
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims(strconv.Itoa(i+1))).SignedString([]byte(key))
		if err != nil {
			return nil, nil, err
		}
		service.tokens[i] = []byte(token)
	}
	refused, err := unauthorised(key, string(service.tokens[0]))
	for _, invalid := range invalidOrders {
		invalid.Headers = "Authorization: Bearer " + string(service.tokens[0]) + "\r\n"
		refused = append(refused, invalid)
	}
	return service, refused, err
}

func claims(user string) *jwt.RegisteredClaims {
	return &jwt.RegisteredClaims{
		Issuer:    issuer,
		Subject:   user,
		Audience:  jwt.ClaimStrings{audience},
		IssuedAt:  jwt.NewNumericDate(issued),
		ExpiresAt: jwt.NewNumericDate(expires),
	}
}

// unauthorised returns requests that are right but for their token.
func unauthorised(key, token string) ([]Invalid, error) {
	head, rest, _ := strings.Cut(token, ".")
	refused := []Invalid{
		withoutRight("no token", ""),
		withoutRight("an empty token", "Bearer "),
		withoutRight("no scheme", token),
		withoutRight("another scheme", "Basic "+token),
		withoutRight("what is no token", "Bearer token"),
		withoutRight("half a token", "Bearer "+head+"."),
		withoutRight("a token of which a letter is changed", "Bearer "+head+"."+changedLetter(rest)),
	}
	but := func(change func(*jwt.RegisteredClaims)) *jwt.RegisteredClaims {
		changed := claims("1")
		change(changed)
		return changed
	}
	for _, wrong := range []struct {
		what   string
		method jwt.SigningMethod
		key    any
		claims *jwt.RegisteredClaims
	}{
		{"a token of another key", jwt.SigningMethodHS256, []byte(key + "?"), claims("1")},
		{"a token that is signed in another way", jwt.SigningMethodHS512, []byte(key), claims("1")},
		{"a token without signature", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims("1")},
		{"a token that has expired", jwt.SigningMethodHS256, []byte(key), but(func(c *jwt.RegisteredClaims) {
			c.ExpiresAt = jwt.NewNumericDate(issued.Add(time.Hour))
		})},
		{"a token that never expires", jwt.SigningMethodHS256, []byte(key), but(func(c *jwt.RegisteredClaims) { c.ExpiresAt = nil })},
		{"a token for another service", jwt.SigningMethodHS256, []byte(key), but(func(c *jwt.RegisteredClaims) { c.Audience[0] = "invoices" })},
		{"a token of another issuer", jwt.SigningMethodHS256, []byte(key), but(func(c *jwt.RegisteredClaims) { c.Issuer += "/" })},
	} {
		token, err := jwt.NewWithClaims(wrong.method, wrong.claims).SignedString(wrong.key)
		if err != nil {
			return nil, err
		}
		refused = append(refused, withoutRight(wrong.what, "Bearer "+token))
	}
	return refused, nil
}

// changedLetter returns a text with another letter in its middle.
func changedLetter(text string) string {
	middle := len(text) / 2
	letter := byte('A')
	if text[middle] == letter {
		letter = 'B'
	}
	return text[:middle] + string(letter) + text[middle+1:]
}

func withoutRight(what, authorization string) Invalid {
	invalid := order(what, `{"customer":"Ada Lovelace","email":"ada@example.com","quantity":3,"price":1250}`)
	if authorization != "" {
		invalid.Headers = "Authorization: " + authorization + "\r\n"
	}
	invalid.Status = http.StatusUnauthorized
	return invalid
}

// trace returns the identifiers of a request that is part of a trace, as three in four are.
func (d draw) trace() (high, low, parent uint64, traced bool) {
	bits := Scattered(d.bits)
	return Scattered(bits + 1), Scattered(bits+2) | 1, Scattered(bits+3) | 1, bits%4 > 0
}

// headers appends the token of a user, and the trace that the request is part of.
func (g *guarded) headers(to []byte, d draw) []byte {
	to = append(append(to, "Authorization: Bearer "...), g.tokens[Scattered(d.bits)>>8%users]...)
	if high, low, parent, traced := d.trace(); traced {
		to = appendHexadecimal(appendHexadecimal(append(to, "\r\ntraceparent: 00-"...), high), low)
		to = append(appendHexadecimal(append(to, '-'), parent), "-01"...)
	}
	return append(to, "\r\n"...)
}

// appendHexadecimal appends sixteen digits.
func appendHexadecimal(to []byte, number uint64) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		to = append(to, "0123456789abcdef"[number>>shift&0xf])
	}
	return to
}

// traceHeader is what an answer says of its trace. Source: W3C, Trace Context, Level 3 (draft), section 4.
var traceHeader = regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$`)

// sameTrace returns what is wrong with the trace of an answer: it has to be the request's, or a new one, with an identifier of the
// server's own.
func sameTrace(response *http.Response, d draw) error {
	header := response.Header.Get("traceresponse")
	parts := traceHeader.FindStringSubmatch(header)
	if parts == nil || strings.Trim(parts[1], "0") == "" || strings.Trim(parts[2], "0") == "" {
		return fmt.Errorf("answered wrong: want a traceresponse, got %q", header)
	}
	high, low, parent, traced := d.trace()
	if want := string(appendHexadecimal(appendHexadecimal(nil, high), low)); traced && parts[1] != want {
		return fmt.Errorf("answered wrong: want the trace %s, got %q", want, header)
	}
	if traced && parts[2] == string(appendHexadecimal(nil, parent)) {
		return fmt.Errorf("answered wrong: want an identifier of its own, got the request's in %q", header)
	}
	return nil
}
