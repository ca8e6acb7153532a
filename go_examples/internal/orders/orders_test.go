package orders

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

type change struct {
	Why, Find, Replace string
}

// documents are those that the Python validator is tested with, too.
func documents(t *testing.T) (valid string, accepted, refused []change) {
	t.Helper()
	var file struct {
		Valid             string
		Accepted, Refused []change
	}
	if _, err := toml.DecodeFile("../../../tests/workloads/orders.toml", &file); err != nil {
		t.Fatal(err)
	}
	return file.Valid, file.Accepted, file.Refused
}

func check(text string) error {
	var document Document
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return err
	}
	return document.Validate()
}

func TestValidDocumentsAreAccepted(t *testing.T) {
	valid, accepted, _ := documents(t)
	for _, change := range accepted {
		if err := check(strings.Replace(valid, change.Find, change.Replace, 1)); err != nil {
			t.Errorf("%s: %v", change.Why, err)
		}
	}
}

func TestInvalidDocumentsAreRefused(t *testing.T) {
	valid, _, refused := documents(t)
	for _, change := range refused {
		if err := check(strings.Replace(valid, change.Find, change.Replace, 1)); err == nil {
			t.Errorf("accepted, although %s", change.Why)
		}
	}
}
