package endpoints

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go_examples/internal/perceptron"
)

const (
	images    = 256     // that are drawn; requests are for one of them
	pixels    = 28 * 28 // of each
	classes   = 10
	tolerance = 2e-4 // of a score that is rounded to four digits: half of the last, and what 32 bits leave open
	distinct  = 1e-2 // by which the best score is ahead, so that no rounding decides the class
)

// forward returns the outputs of a layer, before any activation. It adds up in 64 bits: what servers are held against.
func forward(l *perceptron.Layer, inputs []float64) []float64 {
	outputs := make([]float64, len(l.Biases))
	for i := range outputs {
		sum := float64(l.Biases[i])
		for j, input := range inputs {
			sum += float64(l.Weights[i*len(inputs)+j]) * input
		}
		outputs[i] = sum
	}
	return outputs
}

// scores returns the outputs of a perceptron with rectifiers between its layers.
func scores(layers []perceptron.Layer, inputs []float64) []float64 {
	for i := range layers {
		if i > 0 {
			for j := range inputs {
				inputs[j] = max(0, inputs[j])
			}
		}
		inputs = forward(&layers[i], inputs)
	}
	return inputs
}

// prediction is the answer to an image.
type prediction struct {
	Label  int       `json:"label"`
	Scores []float64 `json:"scores"`
}

// classified is an image as the body of a request, and what it has to be answered with.
type classified struct{ body, answer []byte }

// classifier is a model with the images that it is asked for.
type classifier struct {
	examples []classified
	longest  int // answer
}

func newClassifier(layers []perceptron.Layer) (*classifier, error) {
	if err := possible(layers); err != nil {
		return nil, err
	}
	known := &classifier{examples: make([]classified, images)}
	for i := range known.examples {
		known.examples[i] = example(layers, uint64(i))
		known.longest = max(known.longest, len(known.examples[i].answer))
	}
	return known, nil
}

func (c *classifier) drawn(d draw) *classified { return &c.examples[d.between(0, images-1, 0)] }

func (c *classifier) body(to []byte, d draw) []byte { return append(to, c.drawn(d).body...) }

func (c *classifier) answer(to []byte, d draw) []byte { return append(to, c.drawn(d).answer...) }

// length returns bounds alone: of a score's four digits behind the point, those at the end that are 0 are left out.
func (c *classifier) length(draw) (int, int) {
	return len(`{"label":0,"scores":[]}`) + classes, c.longest + 4*classes
}

// possible returns what is wrong with the sizes of layers.
func possible(layers []perceptron.Layer) error {
	inputs := pixels
	for i, layer := range layers {
		if len(layer.Weights) != inputs*len(layer.Biases) {
			return fmt.Errorf("layer %d has %d weights: want those of %d inputs and %d outputs", i, len(layer.Weights), inputs, len(layer.Biases))
		}
		inputs = len(layer.Biases)
	}
	if inputs != classes || len(layers) == 0 {
		return fmt.Errorf("%d layers end in %d outputs: want %d", len(layers), inputs, classes)
	}
	return nil
}

// example returns an image of a number, drawn again until its class does not hang on rounding: a rectangle in noise.
func example(layers []perceptron.Layer, number uint64) classified {
	for attempt := uint64(0); ; attempt++ {
		state := number<<32 + attempt<<16
		next := func(bound uint64) int { state++; return int(Scattered(state) % bound) }
		left, top, width, height := next(20), next(20), 4+next(20), 4+next(20)
		image := make([]float64, pixels)
		for i := range image {
			x, y := i%28, i/28
			level := next(200)
			if left <= x && x < left+width && top <= y && y < top+height {
				level += 800
			}
			image[i] = float64(level) / 1000
		}
		body := appendNumbers(nil, image)
		outputs := scores(layers, image)
		label := slices.Index(outputs, slices.Max(outputs))
		ordered := slices.Sorted(slices.Values(outputs))
		if ordered[classes-1]-ordered[classes-2] < distinct {
			continue
		}
		for i := range outputs {
			outputs[i] = math.Round(outputs[i]*1e4) / 1e4
		}
		answer := strconv.AppendInt([]byte(`{"label":`), int64(label), 10)
		answer = appendNumbers(append(answer, `,"scores":`...), outputs)
		return classified{body, append(answer, '}')}
	}
}

func appendNumbers(to []byte, numbers []float64) []byte {
	to = append(to, '[')
	for i, number := range numbers {
		if i > 0 {
			to = append(to, ',')
		}
		to = strconv.AppendFloat(to, number, 'f', -1, 64)
	}
	return append(to, ']')
}

// samePrediction allows scores that differ in what libraries round, and any form of JSON.
func samePrediction(want, got []byte) error {
	var wanted, given prediction
	decoder := json.NewDecoder(bytes.NewReader(got))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&given); err != nil {
		return fmt.Errorf("%w: %w", Wrong(want, got), err)
	}
	if err := json.Unmarshal(want, &wanted); err != nil {
		return err
	}
	close := func(a, b float64) int {
		if math.Abs(a-b) <= tolerance {
			return 0
		}
		return 1
	}
	if given.Label != wanted.Label || slices.CompareFunc(given.Scores, wanted.Scores, close) != 0 {
		return Wrong(want, got)
	}
	return nil
}

var invalidImages = []Invalid{
	image("no numbers", `[]`),
	image("a number too few", numbers(pixels-1, "0.5")),
	image("a number too many", numbers(pixels+1, "0.5")),
	image("a text among the numbers", numbers(pixels-1, "0.5", `"0.5"`)),
	image("null among the numbers", numbers(pixels-1, "0.5", "null")),
	image("true among the numbers", numbers(pixels-1, "0.5", "true")),
	image("a number above 1", numbers(pixels-1, "0.5", "1.001")),
	image("a number below 0", numbers(pixels-1, "0.5", "-0.001")),
	image("a number that is none", numbers(pixels-1, "0.5", "NaN")),
	image("an array in the array", `[`+numbers(pixels, "0.5")+`]`),
	image("an object", `{"image":`+numbers(pixels, "0.5")+`}`),
	image("null", `null`),
	image("half a document", `[0.5,0.5`),
	image("more than a document", numbers(pixels, "0.5")+`[]`),
	image("no JSON", `0.5 0.5 0.5`),
	image("nothing", ``),
	image("more bytes than are allowed", numbers(pixels, "0."+strings.Repeat("5", 60))),
	{What: "another method", Method: "GET", Path: "/classify"},
}

func image(what, body string) Invalid {
	return Invalid{What: what, Method: "POST", Path: "/classify", Body: body}
}

// numbers returns an array of as many equal numbers, and of what else it is to have at its end.
func numbers(count int, number string, more ...string) string {
	return "[" + strings.Join(append(slices.Repeat([]string{number}, count), more...), ",") + "]"
}
