package concepts

import "encoding/json"

// MistakenUser has a name in lower case: no other package sees it, and encoding/json is another package.
type MistakenUser struct {
	ID    int `json:"id"`
	name  string
	token string
}

// User has names for others, written as JSON has them, and one for this package alone.
type User struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	token string
}

// MistakenEncode returns a user as JSON, without the name.
func MistakenEncode(user MistakenUser) (string, error) {
	text, err := json.Marshal(user)
	return string(text), err
}

// Encode returns a user as JSON, without the token.
func Encode(user User) (string, error) {
	text, err := json.Marshal(user)
	return string(text), err
}
