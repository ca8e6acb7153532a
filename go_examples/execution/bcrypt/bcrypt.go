// Package bcrypt hashes a password with a new salt and checks two passwords against the hash: the library golang.org/x/crypto/bcrypt,
// written in Go.
//
// The answer is the outcomes: the right password, a wrong one, and a published hash, which shows that this is bcrypt.
package bcrypt

import "golang.org/x/crypto/bcrypt"

var (
	password = []byte("correct horse battery staple")
	wrong    = []byte("correct horse battery stable")
	// A test vector of Openwall's crypt_blowfish, at the low cost of 5.
	publishedPassword = []byte("U*U")
	publishedHash     = []byte("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
)

// Input holds the arguments that the catalog names.
type Input struct {
	Cost int `json:"cost"`
}

// Run returns 1 for each password that is right and 0 for each that is not.
func Run(in Input) []int {
	hashed, err := bcrypt.GenerateFromPassword(password, in.Cost)
	if err != nil {
		panic(err)
	}
	return []int{check(password, hashed), check(wrong, hashed), check(publishedPassword, publishedHash)}
}

func check(password, hashed []byte) int {
	if bcrypt.CompareHashAndPassword(hashed, password) != nil {
		return 0
	}
	return 1
}
