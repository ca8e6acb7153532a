package production

import (
	"errors"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

const (
	issuer   = "https://id.example.org"
	audience = "orders"
	shortest = 32 // bytes of a key: RFC 7518, section 3.2
)

// Unauthorised is what an answer says where a request has no token that is valid.
const Unauthorised = "a valid token is needed"

// Tokens checks the tokens of requests.
type Tokens struct {
	parser *jwt.Parser
	key    jwt.Keyfunc
}

// NewTokens returns what checks tokens that are signed with a key.
func NewTokens(key []byte) (Tokens, error) {
	if len(key) < shortest {
		return Tokens{}, errors.New("KEY: a key of at least 32 bytes is needed")
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256"}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
	)
	return Tokens{parser, func(*jwt.Token) (any, error) { return key, nil }}, nil
}

// Bearer returns the token of a header Authorization; an empty text where it has none.
func Bearer(authorization string) string {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// Valid tells whether a token is signed with the key, of the issuer, for this service and in time.
func (t Tokens) Valid(token string) bool {
	_, err := t.parser.ParseWithClaims(token, &jwt.RegisteredClaims{}, t.key)
	return err == nil
}
