// Package base64 encodes a document and many small values as base64 and decodes them: encoding/base64, which is Go code.
//
// Decoding refuses characters that do not belong there, ends of lines excepted. The answer is the document in base64 and decoded
// again, then the values likewise.
package base64

import (
	"encoding/base64"
	"slices"
)

const size = 32

// Input holds the arguments that the catalog names.
type Input struct {
	Text   []byte `json:"text"`
	Size   int    `json:"size"`
	Values int    `json:"values"`
}

// Prepared holds the document and the small values.
type Prepared struct {
	Document []byte
	Values   [][]byte
}

// Prepare cuts them out of the text. It panics if that is shorter.
func Prepare(in Input) Prepared {
	in.Text = slices.Clip(in.Text) // a slice may reach beyond the text's end, as far as its memory does
	prepared := Prepared{Document: in.Text[:in.Size]}
	for i := range in.Values {
		prepared.Values = append(prepared.Values, in.Text[i*size:(i+1)*size])
	}
	return prepared
}

// Run returns everything encoded and decoded.
func Run(in Prepared) [][]byte {
	encodedDocument := encode(in.Document)
	encoded := make([][]byte, len(in.Values))
	for i, value := range in.Values {
		encoded[i] = encode(value)
	}
	decodedDocument := decode(encodedDocument)
	decoded := make([][]byte, len(encoded))
	for i, value := range encoded {
		decoded[i] = decode(value)
	}
	return slices.Concat([][]byte{encodedDocument, decodedDocument}, encoded, decoded)
}

func encode(value []byte) []byte {
	return base64.StdEncoding.AppendEncode(nil, value)
}

func decode(text []byte) []byte {
	value, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		panic(err)
	}
	return value
}
