package endpoints

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"
)

// shown is how many characters of an answer a message shows.
const shown = 160

// Validate returns what is wrong with the answer to a request: its status, its content type or its body.
func (e *Endpoint) Validate(response *http.Response, body []byte, seed int, sequence uint64) error {
	want := e.AppendAnswer(nil, seed, sequence)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("answered with status %d: want 200, got %s", response.StatusCode, Short(body))
	}
	e = e.of(drawn(seed, sequence))
	if err := e.sameMedia(response.Header.Get("Content-Type")); err != nil {
		return err
	}
	if e.head != nil {
		if err := e.head(response, drawn(seed, sequence)); err != nil {
			return err
		}
	}
	return e.compare(want, body)
}

// Validate returns what is wrong with the answer to an invalid request. Frameworks spell names of fields in their language's way,
// so the case of letters is free.
func (i *Invalid) Validate(response *http.Response, body []byte) error {
	switch status := response.StatusCode; {
	case i.Status != 0 && status != i.Status:
		return fmt.Errorf("with %s answered with status %d: want %d, got %s", i.What, status, i.Status, Short(body))
	case status < 400 || status > 499:
		return fmt.Errorf("with %s answered with status %d: want 4xx, got %s", i.What, status, Short(body))
	}
	for _, name := range i.Names {
		if !strings.Contains(strings.ToLower(string(body)), name) {
			return fmt.Errorf("with %s answered wrong: want a body that names %s, got %s", i.What, name, Short(body))
		}
	}
	return nil
}

// Wrong says what was wanted, and what came in its place.
func Wrong(want, got []byte) error {
	return fmt.Errorf("answered wrong: want %s, got %s", Short(want), Short(got))
}

// Short returns the beginning of an answer, on one line.
func Short(body []byte) string {
	text := strings.ReplaceAll(string(body), "\n", `\n`)
	if utf8.RuneCountInString(text) <= shown {
		return text
	}
	return fmt.Sprintf("%s... (%d bytes)", string([]rune(text[:min(len(text), 4*shown)])[:shown]), len(body))
}

// sameMedia compares content types; where the contract names a character set, that as well.
func (e *Endpoint) sameMedia(header string) error {
	want, wanted, err := mime.ParseMediaType(e.media)
	if err != nil {
		return err
	}
	got, given, err := mime.ParseMediaType(header)
	if err != nil || got != want || (wanted["charset"] != "" && !strings.EqualFold(given["charset"], wanted["charset"])) {
		return fmt.Errorf("answered wrong: want the content type %s, got %q", e.media, header)
	}
	return nil
}

func sameBytes(want, got []byte) error {
	if !bytes.Equal(want, got) {
		return Wrong(want, got)
	}
	return nil
}

// sameJSON allows one newline at the end. That the value is right and only its form is not, is said.
func sameJSON(want, got []byte) error {
	if bytes.Equal(want, bytes.TrimSuffix(got, []byte("\n"))) {
		return nil
	}
	var wanted, given any
	if json.Unmarshal(want, &wanted) == nil && json.Unmarshal(got, &given) == nil && reflect.DeepEqual(wanted, given) {
		return fmt.Errorf("%w; the value is right, its form is not", Wrong(want, got))
	}
	return Wrong(want, got)
}

// sameStream says where a stream that is long differs, as its beginning says nothing.
func sameStream(want, got []byte) error {
	if len(got) != len(want) {
		return fmt.Errorf("answered wrong: want %d bytes, got %d", len(want), len(got))
	}
	for i := range got {
		if got[i] != want[i] {
			return fmt.Errorf("answered wrong: want %q as byte %d, got %q", want[i], i, got[i])
		}
	}
	return nil
}
