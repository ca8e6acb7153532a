package endpoints

// draw is what one request asks for: numbers that look random, and that the seed and the request's place in the sequence decide.
type draw struct {
	seed int
	bits uint64
}

func drawn(seed int, sequence uint64) draw {
	return draw{seed: seed, bits: Scattered(uint64(seed)<<32 + sequence)}
}

// Scattered returns a number in whose bits those of neighbouring numbers have nothing in common.
//
// Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, figure 17 (SplitMix64).
func Scattered(number uint64) uint64 {
	number += 0x9e3779b97f4a7c15
	number = (number ^ number>>30) * 0xbf58476d1ce4e5b9
	number = (number ^ number>>27) * 0x94d049bb133111eb
	return number ^ number>>31
}

// between returns a number from low to high, from the sixteen bits that begin at a place of the draw's own.
func (d draw) between(low, high, place int) int {
	return low + int(d.bits>>place&0xffff)*(high-low+1)>>16
}

// number returns what the table world holds beside an id: bench/workloads/web/schema.sql.
func (d draw) number(id int) int { return (id*7919+d.seed)%rows + 1 }

func (d draw) id() int { return d.between(1, rows, 0) }

// first returns the first of as many ids as a request reads or writes.
func (d draw) first() int { return d.between(1, rows-several+1, 0) }
