package classify

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// brightest is a model that scores classes by their pixels alone.
func brightest(image *[Pixels]float32) ([Classes]float32, error) {
	return [Classes]float32(image[:Classes]), nil
}

func array(count int, number string, more ...string) string {
	return "[" + strings.Join(append(slices.Repeat([]string{number}, count), more...), ",") + "]"
}

func asked(model Model, method, body string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	Routes(model).ServeHTTP(answer, httptest.NewRequest(method, "/classify", strings.NewReader(body)))
	return answer
}

func TestTheBestClassIsAnsweredWithAllScores(t *testing.T) {
	got := asked(brightest, http.MethodPost, "[0,0.25,0.123456,"+array(Pixels-3, "0")[1:])
	if want := `{"label":1,"scores":[0,0.25,0.1235,0,0,0,0,0,0,0]}`; got.Code != http.StatusOK || got.Body.String() != want {
		t.Errorf("got %d %s, want %s", got.Code, got.Body, want)
	}
}

func TestOtherThanAnImageIsRefused(t *testing.T) {
	for body, status := range map[string]int{
		"":                                  http.StatusUnprocessableEntity,
		"null":                              http.StatusUnprocessableEntity,
		"[]":                                http.StatusUnprocessableEntity,
		"[0.5,":                             http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5"):              http.StatusUnprocessableEntity,
		array(Pixels+1, "0.5"):              http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", "null"):      http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", `"0.5"`):     http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", "true"):      http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", "1.01"):      http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", "-0.01"):     http.StatusUnprocessableEntity,
		array(Pixels-1, "0.5", "1e999"):     http.StatusUnprocessableEntity,
		array(Pixels, "0.5") + "[]":         http.StatusUnprocessableEntity,
		array(Pixels, "0.5") + "x":          http.StatusUnprocessableEntity,
		"[" + array(Pixels, "0.5") + "]":    http.StatusUnprocessableEntity,
		strings.Repeat(" ", most) + "[0.5]": http.StatusRequestEntityTooLarge,
		array(Pixels, "0.5") + strings.Repeat(" ", most): http.StatusRequestEntityTooLarge,
	} {
		if got := asked(brightest, http.MethodPost, body); got.Code != status {
			t.Errorf("%.20s... of %d bytes: got %d %s, want %d", body, len(body), got.Code, got.Body, status)
		}
	}
}

func TestAnImageMayHaveSpaceAroundIt(t *testing.T) {
	if got := asked(brightest, http.MethodPost, " "+array(Pixels, " 0.5 ")+"\n"); got.Code != http.StatusOK {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
}

func TestAnotherMethodIsRefused(t *testing.T) {
	if got := asked(brightest, http.MethodGet, ""); got.Code != http.StatusMethodNotAllowed {
		t.Errorf("got %d", got.Code)
	}
}

func TestAModelThatFailsIsTheServersFault(t *testing.T) {
	failing := func(*[Pixels]float32) ([Classes]float32, error) { return [Classes]float32{}, errors.New("no memory") }
	got := asked(failing, http.MethodPost, array(Pixels, "0.5"))
	if body, _ := io.ReadAll(got.Body); got.Code != http.StatusInternalServerError || strings.Contains(string(body), "memory") {
		t.Errorf("got %d %s", got.Code, body)
	}
}
