// Package mandelbrottwo finds which points of a square grid stay near the origin for 50 iterations of z -> z * z + c, two points
// at a time: while the processor waits for a result of one, it computes with the other.
//
// The rule for every tier: a point is followed until its distance is above 2, and no further. Of two, the one that is far out is
// left alone until the other is done.
package mandelbrottwo

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

const iterations = 50

// inside reports whether a point is in the set that has had `from` iterations, with what they computed. Each product is converted
// to float64, which forbids the compiler to fuse it with an addition: that would round differently on processors that can.
func inside(real, imaginary float64, from int, x, y, xSquared, ySquared float64) bool {
	for range iterations - from {
		y = float64(2*x*y) + imaginary
		x = xSquared - ySquared + real
		xSquared = float64(x * x)
		ySquared = float64(y * y)
		if xSquared+ySquared > 4 {
			return false
		}
	}
	return true
}

// bothInside reports for two points of a row whether each is in the set. Once one is far out, the other goes on alone.
func bothInside(realA, realB, imaginary float64) (insideA, insideB bool) {
	var xA, yA, xxA, yyA, xB, yB, xxB, yyB float64
	for i := range iterations {
		yA = float64(2*xA*yA) + imaginary
		yB = float64(2*xB*yB) + imaginary
		xA = xxA - yyA + realA
		xB = xxB - yyB + realB
		xxA = float64(xA * xA)
		xxB = float64(xB * xB)
		yyA = float64(yA * yA)
		yyB = float64(yB * yB)
		outA, outB := xxA+yyA > 4, xxB+yyB > 4
		if outA || outB {
			return !outA && inside(realA, imaginary, i+1, xA, yA, xxA, yyA), !outB && inside(realB, imaginary, i+1, xB, yB, xxB, yyB)
		}
	}
	return true, true
}

// Run returns how many points of each row are in the set.
func Run(in Input) []int {
	n := float64(in.N)
	counts := make([]int, in.N)
	real := func(column int) float64 { return 2*float64(column)/n - 1.5 }
	for row := range counts {
		imaginary := 2*float64(row)/n - 1
		column := 0
		for ; column+1 < in.N; column += 2 {
			insideA, insideB := bothInside(real(column), real(column+1), imaginary)
			counts[row] += number(insideA) + number(insideB)
		}
		if column < in.N {
			counts[row] += number(inside(real(column), imaginary, 0, 0, 0, 0, 0))
		}
	}
	return counts
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
