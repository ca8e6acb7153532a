package endpoints

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"

	"go_examples/internal/perceptron"
)

// layers returns a model of two layers, with weights that look random.
func layers() []perceptron.Layer {
	const hidden = 16
	return []perceptron.Layer{layer(pixels, hidden, 1), layer(hidden, classes, 2)}
}

func layer(inputs, outputs int, seed uint64) perceptron.Layer {
	weights := func(count int, seed uint64) []float32 {
		numbers := make([]float32, count)
		for i := range numbers {
			numbers[i] = float32(int64(Scattered(seed<<32+uint64(i))>>11))/(1<<52) - 1
		}
		return numbers
	}
	return perceptron.Layer{Weights: weights(inputs*outputs, seed), Biases: weights(outputs, seed+100)}
}

func TestAnAnswerIsThatOfTheModel(t *testing.T) {
	endpoint := named(t, "classify")
	labels := map[int]bool{}
	for i := range uint64(50) {
		_, body := asked(t, endpoint.AppendRequest(nil, "", seed, i))
		var image []float64
		if err := json.Unmarshal([]byte(body), &image); err != nil || len(image) != pixels {
			t.Fatalf("%d numbers, %v", len(image), err)
		}
		var answer prediction
		if err := json.Unmarshal(endpoint.AppendAnswer(nil, seed, i), &answer); err != nil {
			t.Fatal(err)
		}
		for class, score := range scores(layers(), image) {
			if math.Abs(score-answer.Scores[class]) > 1e-4 || score > answer.Scores[answer.Label]+1e-4 {
				t.Fatalf("class %d has the score %g: want %+v", class, score, answer)
			}
		}
		labels[answer.Label] = true
	}
	if len(labels) < 2 {
		t.Errorf("all images are of the classes %v", labels)
	}
}

func TestAnActivationIsBetweenLayersAlone(t *testing.T) {
	got := scores([]perceptron.Layer{
		{Weights: []float32{1, -1}, Biases: []float32{0, 0}},
		{Weights: []float32{1, 1}, Biases: []float32{-5}},
	}, []float64{3})
	if len(got) != 1 || got[0] != -2 {
		t.Errorf("got %v, want [-2]", got)
	}
}

func TestHowAPredictionIsWrittenIsFreeAndItsScoresAreNot(t *testing.T) {
	want := `{"label":3,"scores":[0,0.1,0.2,3.5,0,0,0,0,0,-1.25]}`
	for got, same := range map[string]bool{
		want + "\n": true,
		`{"scores": [0.0, 0.1, 0.2001, 3.4999, 0, 0, 0, 0, 0, -1.25], "label": 3}`: true,
		`{"label":3,"scores":[0,0.1,0.2003,3.5,0,0,0,0,0,-1.25]}`:                  false,
		`{"label":2,"scores":[0,0.1,0.2,3.5,0,0,0,0,0,-1.25]}`:                     false,
		`{"label":3,"scores":[0,0.1,0.2,3.5,0,0,0,0,0]}`:                           false,
		`{"label":3,"scores":[0,0.1,0.2,3.5,0,0,0,0,0,-1.25],"more":1}`:            false,
		`{"label":3}`: false,
		`3`:           false,
	} {
		if err := samePrediction([]byte(want), []byte(got)); (err == nil) != same {
			t.Errorf("%s: %v", got, err)
		}
	}
}

func TestAnAnswerIsWithinItsLength(t *testing.T) {
	endpoint := named(t, "classify")
	for i := range uint64(100) {
		least, most := endpoint.Length(nil, seed, i)
		if length := len(endpoint.AppendAnswer(nil, seed, i)); length < least || length > most {
			t.Fatalf("%d bytes are not from %d to %d", length, least, most)
		}
	}
}

func TestAnInvalidImageIsRefusedByAStatusOf4xxAlone(t *testing.T) {
	for _, invalid := range named(t, "classify").Invalid {
		for status, refused := range map[int]bool{200: false, 405: true, 413: true, 422: true, 500: false} {
			if err := invalid.Validate(&http.Response{StatusCode: status}, nil); (err == nil) != refused {
				t.Errorf("%s: %d: %v", invalid.What, status, err)
			}
		}
	}
}

func TestAModelOfAnotherSizeIsAnError(t *testing.T) {
	for _, layers := range [][]perceptron.Layer{{layer(pixels, 5, 1)}, {layer(5, classes, 1)}, {layer(pixels, 7, 1), layer(8, classes, 2)}} {
		if _, err := Named("classify", Sources{Layers: layers}); err == nil {
			t.Error("was taken")
		}
	}
	if _, err := Named("classify", Sources{}); err == nil || !strings.Contains(err.Error(), "-weights") {
		t.Errorf("got %v, want an error that names -weights", err)
	}
}
