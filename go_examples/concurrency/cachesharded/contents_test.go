package cachesharded

import (
	"encoding/binary"
	"testing"
	"unsafe"

	"go_examples/internal/operations"
)

func TestKeysThatAreWrittenAreStoredAndNoOther(t *testing.T) {
	encoded, err := binary.Append(nil, binary.LittleEndian, []int64{7, ^8, 9, ^8, 8})
	if err != nil {
		t.Fatal(err)
	}
	prepared := Prepare(operations.Input{Workers: 2, Operations: encoded})
	for _, key := range []int64{7, 8, 9} {
		prepared.cache.put(key, 0)
	}
	Run(prepared)
	for key, want := range map[int64]int64{7: 0, 8: operations.Load(8), 9: 0} {
		if got, ok := prepared.cache.get(key); !ok || got != want {
			t.Errorf("the value of %d is %d (present: %t), not %d", key, got, ok, want)
		}
	}
}

func TestAPartFillsALineOfTheCache(t *testing.T) {
	if size := unsafe.Sizeof(part{}); size != 64 {
		t.Errorf("a part has %d bytes, not 64: change its padding", size)
	}
}
