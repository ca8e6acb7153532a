//go:build cgo

// Package onnx asks ONNX Runtime, whose shared library is loaded from where the variable ONNXRUNTIME says: the library
// github.com/yalue/onnxruntime_go.
package onnx

import (
	"errors"
	"os"
	"sync"

	ort "github.com/yalue/onnxruntime_go"

	"go_examples/internal/asked"
)

const classes = 10

var start = sync.OnceValue(func() error {
	library := os.Getenv("ONNXRUNTIME")
	if library == "" {
		return errors.New("ONNXRUNTIME does not say where the shared library of ONNX Runtime is")
	}
	ort.SetSharedLibraryPath(library)
	return ort.InitializeEnvironment()
})

// Session is a model with the batch that it is asked about, and room for its scores.
type Session struct {
	session *ort.AdvancedSession
	scores  *ort.Tensor[float32]
}

// Open reads a model, and plans it for one thread. It panics with the runtime's message where that refuses.
// The shape of one input is the caller's to know: to ask the library for it is to open the model twice.
func Open(path string, batch asked.Batch, shape []int64) Session {
	must(start())
	options, err := ort.NewSessionOptions()
	must(err)
	defer options.Destroy()
	must(errors.Join(options.SetIntraOpNumThreads(1), options.SetInterOpNumThreads(1)))
	scores, err := ort.NewEmptyTensor[float32](ort.NewShape(int64(batch.Rows), classes))
	must(err)
	inputs := tensor(ort.NewShape(append([]int64{int64(batch.Rows)}, shape...)...), batch)
	session, err := ort.NewAdvancedSession(path, []string{"input"}, []string{"output"}, []ort.Value{inputs}, []ort.Value{scores}, options)
	must(err)
	return Session{session, scores}
}

// Scores runs the model and returns the scores of each input, one after the other; the next run writes over them.
func (s Session) Scores() []float32 {
	must(s.session.Run())
	return s.scores.GetData()
}

func tensor(shape ort.Shape, batch asked.Batch) ort.Value {
	if batch.Texts != nil {
		texts, err := ort.NewTensor(shape, batch.Texts)
		must(err)
		return texts
	}
	images, err := ort.NewTensor(shape, batch.Images)
	must(err)
	return images
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
