// Package integers decodes whole numbers. The Python twin is bench/workloads/execution/integers.py.
package integers

import "encoding/binary"

// Decode returns whole numbers of 64 bits each, little-endian.
func Decode(data []byte) []int64 {
	numbers := make([]int64, len(data)/8)
	for i := range numbers {
		numbers[i] = int64(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return numbers
}
