// Command yardstick prints how many nanoseconds a small bytecode interpreter takes for a counting loop on this machine.
//
// The build canary of bench/measure sets Python interpreters against it: the pinned toolchain makes it the same machine code
// everywhere, and what makes a machine run it faster makes it run CPython faster too. So it does what CPython does for each
// instruction: fetch, dispatch, reach the operands through references, make an object for the result.
package main

import (
	"fmt"
	"math"
	"time"
)

const (
	repeats    = 51
	iterations = 20_000
)

type operation int

const (
	constant operation = iota
	load
	store
	add
	subtract
	multiply
	and
	jumpUnlessLess
	jumpIfZero
	jump
	stop
)

type instruction struct {
	operation operation
	argument  int
}

// program is the kernel integer_loop of bench/measure/host/probes/describe.py; variable 0 is i, variable 1 is total.
var program = []instruction{
	{load, 0}, {constant, iterations}, {jumpUnlessLess, 22}, // while i < 20_000:
	{load, 0}, {constant, 3}, {and, 0}, {jumpIfZero, 14}, // if i & 3:
	{load, 1}, {load, 0}, {constant, 3}, {multiply, 0}, {add, 0}, {store, 1}, {jump, 18}, // total += i * 3
	{load, 1}, {load, 0}, {subtract, 0}, {store, 1}, // else: total -= i
	{load, 0}, {constant, 1}, {add, 0}, {jump, 23}, // i + 1
	{stop, 0},
	{store, 0}, {jump, 0}, // i = i + 1
}

// object is a counted reference to a whole number; free holds those that nothing refers to, so that nothing is allocated.
type object struct {
	references int
	value      int
}

type heap struct{ free []*object }

func (h *heap) make(value int) *object {
	last := len(h.free) - 1
	made := h.free[last]
	h.free = h.free[:last]
	*made = object{references: 1, value: value}
	return made
}

func (h *heap) release(o *object) {
	if o.references--; o.references == 0 {
		h.free = append(h.free, o)
	}
}

// run interprets the program and returns the total.
func run(h *heap) int {
	variables := [2]*object{h.make(0), h.make(0)}
	stack := make([]*object, 0, 8)
	for next := 0; ; {
		instruction := program[next]
		next++
		top := len(stack) - 1
		switch instruction.operation {
		case constant:
			stack = append(stack, h.make(instruction.argument))
		case load:
			variables[instruction.argument].references++
			stack = append(stack, variables[instruction.argument])
		case store:
			h.release(variables[instruction.argument])
			variables[instruction.argument] = stack[top]
			stack = stack[:top]
		case add, subtract, multiply, and:
			left, right := stack[top-1], stack[top]
			stack[top-1] = h.make(binary(instruction.operation, left.value, right.value))
			stack = stack[:top]
			h.release(left)
			h.release(right)
		case jumpUnlessLess:
			left, right := stack[top-1], stack[top]
			if left.value >= right.value {
				next = instruction.argument
			}
			stack = stack[:top-1]
			h.release(left)
			h.release(right)
		case jumpIfZero:
			if stack[top].value == 0 {
				next = instruction.argument
			}
			h.release(stack[top])
			stack = stack[:top]
		case jump:
			next = instruction.argument
		case stop:
			total := variables[1].value
			h.release(variables[0])
			h.release(variables[1])
			return total
		}
	}
}

// binary applies an operation to two whole numbers.
func binary(operation operation, left, right int) int {
	switch operation {
	case add:
		return left + right
	case subtract:
		return left - right
	case multiply:
		return left * right
	default:
		return left & right
	}
}

func main() {
	var h heap
	for range 16 {
		h.free = append(h.free, new(object))
	}
	fastest := time.Duration(math.MaxInt64)
	for range repeats {
		start := time.Now()
		if total := run(&h); total != 400_010_000 {
			panic(fmt.Sprintf("the loop gave %d", total))
		}
		fastest = min(fastest, time.Since(start))
	}
	fmt.Println(fastest.Nanoseconds())
}
