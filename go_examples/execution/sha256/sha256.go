// Package sha256 hashes short tokens, pages and a whole upload with crypto/sha256, whose inner loop is assembly.
// The answer is the digests in hexadecimal, as they are stored and sent.
package sha256

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

const (
	token = 64
	page  = 20_000
)

// Input holds the arguments that the catalog names.
type Input struct {
	Text   []byte `json:"text"`
	Tokens int    `json:"tokens"`
}

// Prepare cuts the text into messages: tokens, pages, and the text itself. It panics if that is shorter than the tokens.
func Prepare(in Input) [][]byte {
	in.Text = slices.Clip(in.Text) // a slice may reach beyond the text's end, as far as its memory does
	var messages [][]byte
	for i := range in.Tokens {
		messages = append(messages, in.Text[i*token:(i+1)*token])
	}
	messages = slices.AppendSeq(messages, slices.Chunk(in.Text, page))
	return append(messages, in.Text)
}

// Run returns the digests.
func Run(messages [][]byte) []string {
	digests := make([]string, len(messages))
	for i, message := range messages {
		digest := sha256.Sum256(message)
		digests[i] = hex.EncodeToString(digest[:])
	}
	return digests
}
