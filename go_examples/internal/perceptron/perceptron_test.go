package perceptron

import (
	"encoding/binary"
	"math"
	"testing"
)

// safetensors returns a file of a header, and of what follows it.
func safetensors(header string, numbers ...float32) []byte {
	file := append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...)
	for _, number := range numbers {
		file = binary.LittleEndian.AppendUint32(file, math.Float32bits(number))
	}
	return file
}

func TestLayersAreReadInTheOrderOfTheirPlaces(t *testing.T) {
	file := safetensors(`{"__metadata__":{"by":"a test"},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},`+
		`"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}`, 1.5, -2, 0.25)
	got, err := Layers(file)
	if err != nil || len(got) != 1 || got[0].Weights[0] != 1.5 || got[0].Weights[1] != -2 || got[0].Biases[0] != 0.25 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAFileThatIsNoneOfWeightsIsAnError(t *testing.T) {
	for _, file := range [][]byte{
		nil,
		[]byte("short"),
		[]byte("\xff\xff\xff\xff\xff\xff\xff\xff{}"),
		safetensors(`[`),
		safetensors(`{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}`, 1),
		safetensors(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 1),
		safetensors(`{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 1),
	} {
		if layers, err := Layers(file); err == nil {
			t.Errorf("%q: got %v, want an error", file, layers)
		}
	}
}
