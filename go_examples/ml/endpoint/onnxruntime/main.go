// Command onnxruntime serves a model that ONNX Runtime computes: the shared library of Python's wheel, by cgo.
package main

import (
	"errors"
	"log"
	"os"
	"runtime"

	ort "github.com/yalue/onnxruntime_go"

	"go_examples/internal/serving"
	"go_examples/ml/endpoint/internal/classify"
)

func main() {
	ort.SetSharedLibraryPath(os.Getenv("ONNXRUNTIME"))
	if err := ort.InitializeEnvironment(); err != nil {
		log.Fatal(err)
	}
	model, err := load(os.Getenv("GRAPH"))
	if err != nil {
		log.Fatal(err)
	}
	if err := serving.Serve(classify.Routes(model.scores)); err != nil {
		log.Fatal(err)
	}
}

// model is a session, which many goroutines may run at once, and tensors for as many as there are threads to compute: a request that
// finds none free waits for one, and makes none.
type model struct {
	session *ort.DynamicAdvancedSession
	free    chan tensors
}

// tensors are what one run reads and writes.
type tensors struct{ input, output *ort.Tensor[float32] }

// scores runs the model for one image.
func (m *model) scores(image *[classify.Pixels]float32) (scores [classify.Classes]float32, err error) {
	own := <-m.free
	defer func() { m.free <- own }()
	copy(own.input.GetData(), image[:])
	err = m.session.Run([]ort.Value{own.input}, []ort.Value{own.output})
	copy(scores[:], own.output.GetData())
	return scores, err
}

// load reads a model. It computes with the thread that calls it: requests are what there are many of.
func load(path string) (*model, error) {
	options, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	defer options.Destroy()
	if err := errors.Join(options.SetIntraOpNumThreads(1), options.SetInterOpNumThreads(1)); err != nil {
		return nil, err
	}
	session, err := ort.NewDynamicAdvancedSession(path, []string{"input"}, []string{"output"}, options)
	if err != nil {
		return nil, err
	}
	threads := runtime.GOMAXPROCS(0)
	free := make(chan tensors, threads)
	for range threads {
		input, err := ort.NewEmptyTensor[float32](ort.NewShape(1, classify.Pixels))
		if err != nil {
			return nil, err
		}
		output, err := ort.NewEmptyTensor[float32](ort.NewShape(1, classify.Classes))
		if err != nil {
			return nil, err
		}
		free <- tensors{input, output}
	}
	return &model{session, free}, nil
}
