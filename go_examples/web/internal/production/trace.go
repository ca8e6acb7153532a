package production

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
)

// Trace is the trace that a request is part of, and the part of it that this service is.
type Trace struct {
	ID    string // 32 hexadecimal digits
	span  string // 16
	flags string // 2
}

type key struct{}

// Begin returns the trace of a request by its header traceparent, or a new one where that has none, and a context that carries it.
//
// Source: W3C, Trace Context, Level 2, section 3.2.
func Begin(ctx context.Context, traceparent string) (context.Context, Trace) {
	trace := Trace{span: random(1), flags: "01"}
	if valid(traceparent) {
		trace.ID, trace.flags = traceparent[3:35], traceparent[53:55]
	} else {
		trace.ID = random(2)
	}
	return context.WithValue(ctx, key{}, trace), trace
}

// Header returns the answer's header traceresponse: W3C, Trace Context, Level 3, a draft.
func (t Trace) Header() string { return "00-" + t.ID + "-" + t.span + "-" + t.flags }

// valid tells whether a header is one; of a later version, what comes after the flags is left alone.
func valid(header string) bool {
	if len(header) < 55 || header[2] != '-' || header[35] != '-' || header[52] != '-' {
		return false
	}
	version, id, parent, flags := header[:2], header[3:35], header[36:52], header[53:55]
	known := version == "00" && len(header) == 55 || version > "00" && version < "ff" && (len(header) == 55 || header[55] == '-')
	return known && hexadecimal(version) && hexadecimal(id) && hexadecimal(parent) && hexadecimal(flags) &&
		strings.Trim(id, "0") != "" && strings.Trim(parent, "0") != ""
}

// hexadecimal tells whether a text has lower-case digits only.
func hexadecimal(text string) bool { return strings.Trim(text, "0123456789abcdef") == "" }

// random returns so many times sixteen hexadecimal digits, not all of them 0.
func random(words int) string {
	drawn := make([]byte, 0, 8*words)
	for range words {
		drawn = binary.BigEndian.AppendUint64(drawn, rand.Uint64()|1)
	}
	return hex.EncodeToString(drawn)
}
