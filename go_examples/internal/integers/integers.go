// Package integers decodes whole numbers. The Python twin is bench/workloads/execution/integers.py.
package integers

import (
	"encoding/binary"
	"strconv"
)

// Decode returns whole numbers of 64 bits each, little-endian. It panics where a part of one is left over.
func Decode(data []byte) []int64 {
	if len(data)%8 != 0 {
		panic("a part of a number is left over")
	}
	numbers := make([]int64, len(data)/8)
	for i := range numbers {
		numbers[i] = int64(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return numbers
}

// Parse returns a whole number of 64 bits in decimal. It panics at anything else.
func Parse(text string) int64 {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return number
}
