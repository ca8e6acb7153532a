package concepts

import (
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestAMissingKeyHasTheZeroValue(t *testing.T) {
	counts := map[string]int{"pears": 0}
	if got := MistakenInStock(counts, "plums"); got != 0 {
		t.Errorf("got %d", got)
	}
	if _, known := InStock(counts, "plums"); known {
		t.Error("plums are known")
	}
	if _, known := InStock(counts, "pears"); !known {
		t.Error("pears are not known")
	}
}

func TestAnErrorThatIsIgnoredLeavesAZero(t *testing.T) {
	texts := []string{"1", "two", "3"}
	if got := MistakenTotal(texts); got != 4 {
		t.Errorf("got %d", got)
	}
	if _, err := Total(texts); !errors.Is(err, strconv.ErrSyntax) {
		t.Errorf("got %v", err)
	}
	if got, err := Total([]string{"1", "3"}); got != 4 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestTheVariableOfALoopIsACopy(t *testing.T) {
	accounts := []Account{{1}, {2}}
	MistakenAddInterest(accounts)
	if !slices.Equal(accounts, []Account{{1}, {2}}) {
		t.Errorf("got %v", accounts)
	}
	AddInterest(accounts)
	if !slices.Equal(accounts, []Account{{2}, {3}}) {
		t.Errorf("got %v", accounts)
	}
}

func TestAppendToASliceCanOverwriteWhatItIsASliceOf(t *testing.T) {
	numbers := []int{1, 2, 3}
	if got := FirstTwoAnd(numbers, 9); !slices.Equal(got, []int{1, 2, 9}) || numbers[2] != 3 {
		t.Errorf("got %v of %v", got, numbers)
	}
	if got := MistakenFirstTwoAnd(numbers, 9); !slices.Equal(got, []int{1, 2, 9}) || numbers[2] != 9 {
		t.Errorf("got %v of %v", got, numbers)
	}
}

func TestAnInterfaceThatHoldsANilPointerIsNotNil(t *testing.T) {
	if MistakenCheck("short") == nil {
		t.Error("is nil")
	}
	if err := Check("short"); err != nil {
		t.Errorf("got %v", err)
	}
	if Check("much too long") == nil {
		t.Error("no error")
	}
}

func TestAGoroutineThatNobodyReceivesFromStays(t *testing.T) {
	for _, test := range []struct {
		name, function string
		first          func(...func() string) string
		left           string
	}{
		{"with room for each answer all end", "concepts.First.func1", First, ""},
		{"without room the later one stays", "concepts.MistakenFirst.func1", MistakenFirst, "chan send"},
	} {
		t.Run(test.name, func(t *testing.T) {
			release := make(chan struct{})
			fast := func() string { return "fast" }
			slow := func() string { <-release; return "slow" }
			if got := test.first(slow, fast); got != "fast" {
				t.Errorf("got %q", got)
			}
			close(release)
			for deadline := time.Now().Add(10 * time.Second); state(test.function) != test.left; runtime.Gosched() {
				if time.Now().After(deadline) {
					t.Fatalf("the slow one is in %q", state(test.function))
				}
			}
		})
	}
}

// state returns what the goroutine that runs a function waits for; nothing where there is no such goroutine.
func state(function string) string {
	stacks := make([]byte, 1<<20)
	for goroutine := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(goroutine, function+"()") {
			_, after, _ := strings.Cut(goroutine, "[")
			state, _, _ := strings.Cut(after, "]")
			return state
		}
	}
	return ""
}

func TestAClosedChannelGivesZeroValues(t *testing.T) {
	if first, second := MistakenPair(Produce(1)); first != 1 || second != 0 {
		t.Errorf("got %d and %d", first, second)
	}
	if _, _, whole := Pair(Produce(1)); whole {
		t.Error("one number is a pair")
	}
	if first, second, whole := Pair(Produce(2)); first != 1 || second != 2 || !whole {
		t.Errorf("got %d and %d, %t", first, second, whole)
	}
}

type shelf struct {
	open, most int
}

type book struct {
	*shelf
	text string
}

func (s *shelf) take(name string) File {
	s.open++
	s.most = max(s.most, s.open)
	return book{s, "text of " + name}
}

func (b book) Read() string { return b.text }
func (b book) Close()       { b.open-- }

func TestDeferWaitsForTheEndOfTheFunction(t *testing.T) {
	for _, test := range []struct {
		name    string
		readAll func([]string, func(string) File) []string
		most    int
	}{
		{"in a loop all are open at once", MistakenReadAll, 3},
		{"in a function of its own one is", ReadAll, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := &shelf{}
			texts := test.readAll([]string{"a", "b", "c"}, files.take)
			if !slices.Equal(texts, []string{"text of a", "text of b", "text of c"}) {
				t.Errorf("got %v", texts)
			}
			if files.most != test.most || files.open != 0 {
				t.Errorf("%d were open at most, %d are", files.most, files.open)
			}
		})
	}
}

func TestValuesOfDifferentTypesAreNeverEqual(t *testing.T) {
	if MistakenContains([]any{1.0, 2.0}, 2) {
		t.Error("2 is in a list of floats")
	}
	if !Contains([]float64{1, 2}, 2) {
		t.Error("2 is not in it")
	}
}

func TestOtherPackagesDoNotSeeNamesInLowerCase(t *testing.T) {
	if got, err := Encode(MistakenUser{name: "Ada", token: "secret"}); got != "{}" || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := Encode(User{Name: "Ada", token: "secret"}); got != `{"name":"Ada"}` || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
