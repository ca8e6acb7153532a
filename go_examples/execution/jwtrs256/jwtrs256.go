// Package jwtrs256 signs tokens with RSA-2048 and SHA-256 and verifies them, claims included: the library jwt, over the standard
// library's crypto/rsa, whose multiplication is assembly, encoding/base64 and encoding/json.
//
// The key is for tests and no secret; it is read once, as a service reads it at its start. The answer is the sum of the subjects
// in the verified claims, and the last token.
package jwtrs256

import (
	"crypto/rsa"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	issuer   = "https://id.example.org"
	audience = "orders"
)

var (
	issued  = time.Unix(1_750_000_000, 0) // June 2025
	expires = time.Unix(4_102_444_800, 0) // January 2100
	parser  = jwt.NewParser(
		jwt.WithValidMethods([]string{"RS256"}),
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
	Key    []byte `json:"key"`
	Tokens int    `json:"tokens"`
}

// Prepared holds the key in the form in which the library takes it.
type Prepared struct {
	Private *rsa.PrivateKey
	Tokens  int
}

// Answer is the sum of the subjects in the verified claims, and the last token.
type Answer struct {
	Subjects int
	Token    string
}

// Prepare reads the key.
func Prepare(in Input) Prepared {
	private, err := jwt.ParseRSAPrivateKeyFromPEM(in.Key)
	if err != nil {
		panic(err)
	}
	return Prepared{Private: private, Tokens: in.Tokens}
}

// Run signs and verifies each token.
func Run(in Prepared) Answer {
	key := func(*jwt.Token) (any, error) { return &in.Private.PublicKey, nil }
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
		token, err := jwt.NewWithClaims(jwt.SigningMethodRS256, &claims).SignedString(in.Private)
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
