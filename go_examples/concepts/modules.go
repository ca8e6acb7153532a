package concepts

import "encoding/json"

// MistakenUser has names in lower case: no other package sees them, and encoding/json is another package.
type MistakenUser struct {
	name  string
	token string
}

// User has one name for others, written as JSON has it, and one for this package alone.
type User struct {
	Name  string `json:"name"`
	token string
}

// Encode returns a user as JSON.
func Encode(user any) (string, error) {
	text, err := json.Marshal(user)
	return string(text), err
}
