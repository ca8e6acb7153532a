// Package mandelbrot finds which points of a square grid stay near the origin for 50 iterations of z -> z * z + c.
//
// The rule for every tier: a point is followed until its distance is above 2, and no further.
package mandelbrot

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

const iterations = 50

// inside reports whether a point is in the set. Each product is converted to float64, which forbids the compiler to fuse it with
// an addition: that would round differently on processors that can.
func inside(real, imaginary float64) bool {
	var x, y, xSquared, ySquared float64
	for range iterations {
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

// Run returns how many points of each row are in the set.
func Run(in Input) []int {
	n := float64(in.N)
	counts := make([]int, in.N)
	for row := range counts {
		for column := range in.N {
			if inside(2*float64(column)/n-1.5, 2*float64(row)/n-1) {
				counts[row]++
			}
		}
	}
	return counts
}
