package concepts

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
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

func TestAValueReceiverIsACopy(t *testing.T) {
	account := Account{1}
	if got := account.MistakenDeposit(2); got != 3 || account.Balance != 1 {
		t.Errorf("got %d, of %v", got, account)
	}
	if got := account.Deposit(2); got != 3 || account.Balance != 3 {
		t.Errorf("got %d, of %v", got, account)
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

func TestOnceOneHasAnsweredTheOthersEnd(t *testing.T) {
	fast := func(context.Context) string { return "fast" }
	slow := func(ctx context.Context) string { <-ctx.Done(); return "slow" }
	if got := First(t.Context(), slow, fast); got != "fast" {
		t.Errorf("got %q", got)
	}
	wait(t, "concepts.First.func1", "")
}

func TestAGoroutineThatNobodyReceivesFromStays(t *testing.T) {
	release := make(chan struct{})
	fast := func(context.Context) string { return "fast" }
	slow := func(context.Context) string { <-release; return "slow" }
	if got := MistakenFirst(t.Context(), slow, fast); got != "fast" {
		t.Errorf("got %q", got)
	}
	close(release)
	wait(t, "concepts.MistakenFirst.func1", "chan send")
	var leaks strings.Builder
	if err := pprof.Lookup("goroutineleak").WriteTo(&leaks, 1); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(leaks.String(), "concepts.MistakenFirst.func1") {
		t.Errorf("the profile of leaks is %s", leaks.String())
	}
}

// wait returns once the goroutine that runs a function is in a state.
func wait(t *testing.T, function, wanted string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); state(function) != wanted; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%s is in %q", function, state(function))
		}
	}
}

// state returns what the goroutine that runs a function waits for; nothing where there is no such goroutine.
func state(function string) string {
	stacks := make([]byte, 1<<20)
	for goroutine := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(goroutine, function+"()") {
			_, after, _ := strings.Cut(goroutine, "[")
			state, _, _ := strings.Cut(after, "]")
			return strings.TrimSuffix(state, " (leaked)") // so called once the profile of leaks has been taken
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
	if got, err := MistakenEncode(MistakenUser{ID: 1, name: "Ada", token: "secret"}); got != `{"id":1}` || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := Encode(User{ID: 1, Name: "Ada", token: "secret"}); got != `{"id":1,"name":"Ada"}` || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestALoopOverAnIteratorMayBeLeft(t *testing.T) {
	if got := upTo(4, Evens([]int{2, 3, 4, 6})); !slices.Equal(got, []int{2, 4}) {
		t.Errorf("got %v", got)
	}
}

func TestAnIteratorThatGoesOnAfterTheLoopPanics(t *testing.T) {
	defer func() {
		if err, ok := recover().(runtime.Error); !ok || !strings.Contains(err.Error(), "continued iteration") {
			t.Errorf("recovered %v", err)
		}
	}()
	upTo(4, MistakenEvens([]int{2, 3, 4, 6}))
}

func TestAnIteratorBeginsAnewInEachLoop(t *testing.T) {
	evens := Evens([]int{2, 3, 4})
	for range 2 {
		if got := slices.Collect(evens); !slices.Equal(got, []int{2, 4}) {
			t.Errorf("got %v", got)
		}
	}
}

// upTo leaves its loop at the last number that is wanted.
func upTo(last int, numbers iter.Seq[int]) []int {
	var taken []int
	for number := range numbers {
		taken = append(taken, number)
		if number == last {
			break
		}
	}
	return taken
}

func TestWithoutALockWhatIsAddedMeanwhileIsLost(t *testing.T) {
	if got := together((*Totals).MistakenAdd); got != 3 {
		t.Errorf("got %d", got)
	}
	if got := together((*Totals).Add); got != 8 {
		t.Errorf("got %d", got)
	}
}

// together returns the sum of 3 and 5, where a goroutine adds the 5 while the price of the other is looked up.
func together(add func(*Totals, string, func() int)) int {
	totals := NewTotals()
	add(totals, "pears", func() int {
		var other sync.WaitGroup
		other.Go(func() { add(totals, "pears", func() int { return 5 }) })
		other.Wait()
		return 3
	})
	return totals.cents["pears"]
}

func TestADeadlineReachesWhoIsHandedTheContext(t *testing.T) {
	ends := false
	ask := func(ctx context.Context) (string, error) {
		ends = ctx.Done() != nil
		return "Ada", ctx.Err()
	}
	if got, err := GreetInTime(t.Context(), time.Hour, ask); got != "Hello, Ada" || err != nil || !ends {
		t.Errorf("got %q, %v, ends: %t", got, err, ends)
	}
	if got, err := GreetInTime(t.Context(), 0, ask); got != "" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := MistakenGreet(ask); got != "Hello, Ada" || err != nil || ends {
		t.Errorf("got %q, %v, ends: %t", got, err, ends)
	}
}
