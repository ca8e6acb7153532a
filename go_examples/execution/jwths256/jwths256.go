// Package jwths256 signs tokens with HMAC-SHA-256 and verifies them, claims included: the library jwt, over the standard library's
// crypto, encoding/base64 and encoding/json.
//
// The key is for tests and no secret. The answer is the sum of the subjects in the verified claims, and the last token.
package jwths256

import (
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	issuer   = "https://id.example.org"
	audience = "orders"
	shortest = 32
)

var (
	issued  = time.Unix(1_750_000_000, 0) // June 2025
	expires = time.Unix(4_102_444_800, 0) // January 2100
	parser  = jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256"}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
	)
)

// Claims are what a token says.
type Claims struct {
	jwt.RegisteredClaims
	Scope string   `json:"scope"`
	Roles []string `json:"roles"`
}

// Input holds the arguments that the catalog names.
type Input struct {
	Key    string `json:"key"`
	Tokens int    `json:"tokens"`
}

// Prepared holds the key in the form in which the library takes it.
type Prepared struct {
	Key    []byte
	Tokens int
}

// Answer is the sum of the subjects in the verified claims, and the last token.
type Answer struct {
	Subjects int
	Token    string
}

// Prepare converts the key. It panics at one that is shorter than RFC 7518 allows.
func Prepare(in Input) Prepared {
	if len(in.Key) < shortest {
		panic("a short key")
	}
	return Prepared{Key: []byte(in.Key), Tokens: in.Tokens}
}

// Run signs and verifies each token.
func Run(in Prepared) Answer {
	key := func(*jwt.Token) (any, error) { return in.Key, nil }
	var answer Answer
	for number := 1; number <= in.Tokens; number++ {
		claims := Claims{
			RegisteredClaims: jwt.RegisteredClaims{
				Issuer:    issuer,
				Subject:   strconv.Itoa(number),
				Audience:  jwt.ClaimStrings{audience},
				ExpiresAt: jwt.NewNumericDate(expires),
				IssuedAt:  jwt.NewNumericDate(issued),
			},
			Scope: "orders:read orders:write",
			Roles: []string{"customer", "reviewer"},
		}
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, &claims).SignedString(in.Key)
		if err != nil {
			panic(err)
		}
		var verified Claims
		if _, err := parser.ParseWithClaims(token, &verified, key); err != nil {
			panic(err)
		}
		subject, err := strconv.Atoi(verified.Subject)
		if err != nil {
			panic(err)
		}
		answer.Subjects += subject
		answer.Token = token
	}
	return answer
}
