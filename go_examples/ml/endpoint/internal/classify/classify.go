// Package classify is the HTTP side of a model: an image comes as JSON, and its scores go as JSON. Who computes them is the server's.
package classify

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"slices"
)

const (
	// Pixels are the numbers of an image, row by row, from 0 to 1.
	Pixels = 28 * 28
	// Classes are those that an image may be of.
	Classes = 10
	// most is how many bytes an image may have: some forty for each number.
	most = 32 << 10
)

// Model computes the scores of an image for each class; it is called by many goroutines at once.
type Model func(image *[Pixels]float32) ([Classes]float32, error)

type prediction struct {
	Label  int              `json:"label"`
	Scores [Classes]float64 `json:"scores"`
}

// Routes returns the routes of a server that asks the model.
func Routes(model Model) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /plaintext", func(w http.ResponseWriter, _ *http.Request) { // by which it is seen to be ready
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, "Hello, World!")
	})
	mux.HandleFunc("POST /classify", func(w http.ResponseWriter, r *http.Request) { classify(w, r, model) })
	return mux
}

func classify(w http.ResponseWriter, r *http.Request, model Model) {
	var image [Pixels]float32
	if err := read(http.MaxBytesReader(w, r.Body, most), &image); err != nil {
		status := http.StatusUnprocessableEntity
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), status)
		return
	}
	scores, err := model(&image)
	if err != nil {
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.MarshalWrite(w, predicted(scores)) // only a client that has gone makes it fail
}

// predicted returns the best class, and the scores to four digits.
func predicted(scores [Classes]float32) prediction {
	answer := prediction{Label: slices.Index(scores[:], slices.Max(scores[:]))}
	for class, score := range scores {
		answer.Scores[class] = math.Round(float64(score)*1e4) / 1e4
	}
	return answer
}

// read reads an array of as many numbers as an image has, and nothing else. It goes through the tokens, as to unmarshal would take
// null for 0, and would take an array of any length before that can be seen.
func read(body io.Reader, image *[Pixels]float32) error {
	decoder := jsontext.NewDecoder(body)
	if kind := decoder.PeekKind(); kind != '[' {
		return expected(decoder, "an array")
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for i := range image {
		if decoder.PeekKind() != '0' {
			return expected(decoder, fmt.Sprintf("%d numbers", Pixels))
		}
		token, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		number, err := token.Float()
		if err != nil || number < 0 || number > 1 {
			return fmt.Errorf("number %d is %v: want one from 0 to 1", i, token)
		}
		image[i] = float32(number)
	}
	if decoder.PeekKind() != ']' {
		return expected(decoder, fmt.Sprintf("%d numbers", Pixels))
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	if _, err := decoder.ReadToken(); err != io.EOF {
		return errors.Join(err, errors.New("want nothing after the array"))
	}
	return nil
}

// expected says what was wanted in the place of the next token, or what is wrong with that.
func expected(decoder *jsontext.Decoder, what string) error {
	token, err := decoder.ReadToken()
	if err != nil {
		return err
	}
	return fmt.Errorf("want %s, got %s", what, token.Kind())
}
