// Package zstdklauspost compresses a response with Zstandard and decompresses it again: the library compress, whose zstd is Go code
// with assembly. The standard library has no Zstandard.
//
// Encoder and decoder are made once, as a server keeps them. The answer is what comes out again.
package zstdklauspost

import "github.com/klauspost/compress/zstd"

var (
	// The library's default is about level 3 of the reference implementation, with a checksum.
	encoder = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault)))
	decoder = must(zstd.NewReader(nil))
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns what comes out again.
func Run(in Input) []byte {
	packed := encoder.EncodeAll(in.Document, nil)
	document, err := decoder.DecodeAll(packed, nil)
	if err != nil {
		panic(err)
	}
	return document
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
