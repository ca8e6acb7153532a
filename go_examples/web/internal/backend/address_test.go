package backend

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// pattern is Python's rule. What is space in Unicode alone is left out of what is drawn: \s is ASCII's here.
var pattern = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)

func TestAnAddressIsWhatThePatternOfPythonMatches(t *testing.T) {
	const letters = "ab@@.. \té"
	matched := 0
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		drawn := make([]rune, random.IntN(9))
		for i := range drawn {
			drawn[i] = []rune(letters)[random.IntN(len([]rune(letters)))]
		}
		want := pattern.MatchString(string(drawn))
		if got := IsAddress(string(drawn)); got != want {
			t.Fatalf("%q: got %v, want %v", string(drawn), got, want)
		}
		if want {
			matched++
		}
	}
	if matched == 0 {
		t.Error("no address was drawn")
	}
}
