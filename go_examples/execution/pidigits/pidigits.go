// Package pidigits computes the digits of pi one after another, from a series whose terms are kept as whole numbers of growing size.
//
// The arithmetic on those numbers is that of math/big, whose innermost loops are assembly.
package pidigits

import "math/big"

// Input holds the arguments that the catalog names.
type Input struct {
	Digits int `json:"digits"`
}

// Run returns that many digits, from the 3 on.
//
// The state is a linear transformation (numerator, accumulator, denominator) which maps the unknown rest of the series, between
// 3 and 4, to the digits to come; J. Gibbons, Unbounded Spigot Algorithms for the Digits of Pi (2006).
func Run(in Input) string {
	found := make([]byte, 0, in.Digits)
	numerator, accumulator, denominator := big.NewInt(1), big.NewInt(0), big.NewInt(1)
	three, ten := big.NewInt(3), big.NewInt(10)
	// Kept from step to step, as each keeps the memory of its digits.
	var k, odd, digit, rest, scratch big.Int
	for step := int64(1); len(found) < in.Digits; step++ {
		k.SetInt64(step)
		odd.SetInt64(2*step + 1)
		accumulator.Add(accumulator, scratch.Lsh(numerator, 1))
		accumulator.Mul(accumulator, &odd)
		denominator.Mul(denominator, &odd)
		numerator.Mul(numerator, &k)
		if numerator.Cmp(accumulator) > 0 {
			continue
		}
		scratch.Mul(numerator, three)
		scratch.Add(&scratch, accumulator)
		digit.QuoRem(&scratch, denominator, &rest)
		// The digit is certain when the transformation of 4 has it too.
		if rest.Add(&rest, numerator).Cmp(denominator) < 0 {
			found = append(found, '0'+byte(digit.Int64()))
			accumulator.Sub(accumulator, scratch.Mul(denominator, &digit))
			accumulator.Mul(accumulator, ten)
			numerator.Mul(numerator, ten)
		}
	}
	return string(found)
}
