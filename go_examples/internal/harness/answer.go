package harness

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// plain reduces an answer to int64, float64, string and []any of these, which is also what TOML decodes to.
// Text may be a string or bytes; structs, slices and arrays are lists.
func plain(v reflect.Value) (any, error) {
	switch {
	case v.CanInt():
		return v.Int(), nil
	case v.CanFloat():
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return nil, fmt.Errorf("an answer must be finite, not %v", v)
		}
		return v.Float(), nil
	case v.Kind() == reflect.String:
		return v.String(), nil
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return string(v.Bytes()), nil
	case v.Kind() == reflect.Interface:
		return plain(v.Elem())
	}
	var parts []reflect.Value
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			parts = append(parts, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			parts = append(parts, v.Field(i))
		}
	default:
		return nil, fmt.Errorf("an answer is a whole number, a float, a text or a list of those, not %v", v.Kind())
	}
	list := make([]any, len(parts))
	for i, part := range parts {
		item, err := plain(part)
		if err != nil {
			return nil, err
		}
		list[i] = item
	}
	return list, nil
}

// checksum returns the first 48 bits of the SHA-256 of the answer's canonical text: a number that a float64 holds exactly.
// Its twin is bench/workloads/checksum.py; tests/workloads/checksums.toml holds both to the same values.
func checksum(answer any) (int64, error) {
	reduced, err := plain(reflect.ValueOf(answer))
	if err != nil {
		return 0, err
	}
	digest := sha256.Sum256([]byte(canonical(reduced)))
	return strconv.ParseInt(hex.EncodeToString(digest[:6]), 16, 64)
}

// canonical writes a plain answer so that equal answers of both languages give equal text.
func canonical(answer any) string {
	switch value := answer.(type) {
	case int64:
		return strconv.FormatInt(value, 10)
	case float64:
		return strconv.FormatFloat(value, 'e', 8, 64)
	case string:
		return strconv.Itoa(len(value)) + ":" + value
	case []any:
		parts := make([]string, len(value))
		for i, part := range value {
			parts[i] = canonical(part)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	panic(fmt.Sprintf("not a plain answer: %T", answer))
}

// same reports whether two plain answers are equal, floats within a relative difference of tolerance.
func same(got, want any, tolerance float64) bool {
	switch want := want.(type) {
	case float64:
		got, ok := got.(float64)
		return ok && math.Abs(got-want) <= tolerance*max(math.Abs(got), math.Abs(want))
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return false
		}
		for i := range want {
			if !same(got[i], want[i], tolerance) {
				return false
			}
		}
		return true
	}
	return got == want
}
