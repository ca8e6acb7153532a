package levenshteinbits

import (
	"math/rand/v2"
	"testing"

	"github.com/agnivade/levenshtein"
)

func TestTextsOfSeveralWordsAreAsFarApartAsTheTableSays(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		letters := []rune("abü字")
		characters := make([]rune, random.IntN(4*wordBits))
		for i := range characters {
			characters[i] = letters[random.IntN(len(letters))]
		}
		return string(characters)
	}
	for range 2000 {
		a, b := text(), text()
		if got, want := distance(a, b), levenshtein.ComputeDistance(a, b); got != want {
			t.Fatalf("%q and %q: %d, not %d", a, b, got, want)
		}
	}
}
