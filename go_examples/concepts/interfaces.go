package concepts

import "fmt"

// TooLongError is an error of a name.
type TooLongError struct {
	Name string
}

func (e *TooLongError) Error() string {
	return fmt.Sprintf("%s is too long", e.Name)
}

// MistakenCheck never returns nil: an interface that holds a nil pointer of some type has that type, and is not nil itself.
func MistakenCheck(name string) error {
	var problem *TooLongError
	if len(name) > 8 {
		problem = &TooLongError{name}
	}
	return problem
}

// Check returns nil where there is no error.
func Check(name string) error {
	if len(name) > 8 {
		return &TooLongError{name}
	}
	return nil
}
