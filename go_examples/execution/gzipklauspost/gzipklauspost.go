// Package gzipklauspost compresses a response with gzip and decompresses it again: the library compress, which replaces the standard
// library's package under the same names; Go code, which reads memory without bounds checks where it can.
// The answer is what comes out again.
package gzipklauspost

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

const level = 6

// Compressors and decompressors are large, so a server keeps them between requests.
var (
	writers = sync.Pool{New: func() any {
		writer, err := gzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			panic(err)
		}
		return writer
	}}
	readers = sync.Pool{New: func() any { return new(gzip.Reader) }}
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns what comes out again.
func Run(in Input) []byte {
	return decompress(compress(in.Document))
}

func compress(document []byte) []byte {
	writer := writers.Get().(*gzip.Writer)
	defer writers.Put(writer)
	var packed bytes.Buffer
	writer.Reset(&packed)
	if _, err := writer.Write(document); err != nil {
		panic(err)
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
	return packed.Bytes()
}

func decompress(packed []byte) []byte {
	reader := readers.Get().(*gzip.Reader)
	defer readers.Put(reader)
	if err := reader.Reset(bytes.NewReader(packed)); err != nil {
		panic(err)
	}
	var document bytes.Buffer
	if _, err := document.ReadFrom(reader); err != nil {
		panic(err)
	}
	return document.Bytes()
}
