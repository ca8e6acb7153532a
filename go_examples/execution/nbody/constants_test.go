package nbody

import (
	"math"
	"testing"
)

// The nine digits of the catalog's answer do not tell an error in the twelfth digit of a velocity. This is the energy after
// one step, as the benchmark collection "Are We Fast Yet?" verifies its own n-body.
func TestConstantsAreThoseOfOthersWhoseEnergiesAreKnownToAllDigits(t *testing.T) {
	const want = -0.16907495402506745
	if got := Run(Input{Steps: 1})[1]; math.Abs(got/want-1) > 1e-14 {
		t.Errorf("the energy after one step is %v, not %v", got, want)
	}
}
