package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// shapes draw times of several distributions; each draw is the source's alone.
var shapes = map[string]func(*rand.Rand) time.Duration{
	"uniform":     func(r *rand.Rand) time.Duration { return time.Duration(r.Int64N(int64(time.Second))) },
	"exponential": func(r *rand.Rand) time.Duration { return time.Duration(r.ExpFloat64() * float64(3*time.Millisecond)) },
	"log-normal":  func(r *rand.Rand) time.Duration { return time.Duration(math.Exp(13+2*r.NormFloat64())) % slowest },
	"two humps": func(r *rand.Rand) time.Duration {
		return []time.Duration{40 * time.Microsecond, 200 * time.Millisecond}[r.IntN(20)/19] + time.Duration(r.IntN(1000))
	},
}

func TestPercentilesAreTheExactOnesToThreeDigits(t *testing.T) {
	for name, shape := range shapes {
		for size := 1; size <= 100_000; size *= 10 {
			source := rand.New(rand.NewPCG(1, uint64(size)))
			recorded, exact := newTimes(), make([]time.Duration, size)
			for i := range exact {
				exact[i] = shape(source)
				recorded.add(exact[i])
			}
			slices.Sort(exact)
			for _, thousandths := range []int{500, 900, 990, 999, 1000} {
				percent := float64(thousandths) / 10
				want := exact[(thousandths*size+999)/1000-1].Seconds()
				if got := recorded.percentile(percent); math.Abs(got-want) > want/1000+1e-6 {
					t.Errorf("%s, %d times, p%g: got %g, want %g", name, size, percent, got, want)
				}
			}
		}
	}
}

func TestPercentilesAreInOrder(t *testing.T) {
	for name, shape := range shapes {
		source := rand.New(rand.NewPCG(2, 3))
		recorded := newTimes()
		for range 1000 {
			recorded.add(shape(source))
			var steps []float64
			for _, percent := range []float64{50, 90, 99, 99.9} {
				steps = append(steps, recorded.percentile(percent))
			}
			if steps = append(steps, recorded.max()); !slices.IsSorted(steps) {
				t.Fatalf("%s: %v", name, steps)
			}
		}
	}
}

func TestTheMeanIsExact(t *testing.T) {
	recorded := newTimes()
	for _, one := range []time.Duration{time.Microsecond, time.Millisecond, time.Second} {
		recorded.add(one)
	}
	if got := recorded.mean(); math.Abs(got-1.001001/3) > 1e-12 {
		t.Errorf("got %v", got)
	}
}

func TestATimeBeyondTheEndCountsAsTheEnd(t *testing.T) {
	recorded := newTimes()
	recorded.add(time.Hour)
	if got := recorded.max(); math.Abs(got-slowest.Seconds()) > slowest.Seconds()/1000 {
		t.Errorf("got %v", got)
	}
}

func TestNoTimeHasNoMean(t *testing.T) {
	if recorded := newTimes(); recorded.mean() != 0 || recorded.percentile(99) != 0 || recorded.max() != 0 {
		t.Error(recorded)
	}
}
