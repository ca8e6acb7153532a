package perceptron

import (
	"encoding/binary"
	"math"
	"reflect"
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

func TestLayersAreReadInTheOrderOfTheirNames(t *testing.T) {
	file := safetensors(`{"__metadata__":{"by":"a test"},"b.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},`+
		`"b.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]},"a.bias":{"dtype":"F32","shape":[1],"data_offsets":[12,16]},`+
		`"a.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[16,20]}}`, 1.5, -2, 0.25, 3, 4)
	got, err := Layers(file)
	want := []Layer{{[]float32{4}, []float32{3}}, {[]float32{-2, 0.25}, []float32{1.5}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestAFileThatIsNoneOfWeightsIsAnError(t *testing.T) {
	for _, file := range [][]byte{
		nil,
		[]byte("short"),
		[]byte("\xff\xff\xff\xff\xff\xff\xff\xff{}"),
		safetensors(`[`),
		safetensors(`{}`),
		safetensors(`{"w.weight":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"w.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 1),
		safetensors(`{"w.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 1),
		safetensors(`{"w.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 1),
	} {
		if layers, err := Layers(file); err == nil {
			t.Errorf("%q: got %v, want an error", file, layers)
		}
	}
}
