package main

import (
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

var unanswered = outcome{latency: time.Second}

// stalled judges ten seconds at 100 requests per second, with a stall from the second second to the fourth. Requests are answered right
// and in a millisecond, but for those of which something else is said.
func stalled(other func(request int) outcome) *recovery {
	plan := &phase{Mode: "open", Rate: 100, Seconds: 10, Stall: &stall{PID: 2, At: 2, Seconds: 2}}
	s := newInterruption(plan, 1000)
	for i := range s.outcomes {
		s.outcomes[i] = outcome{time.Millisecond, true}
		if said := other(i); said != (outcome{}) {
			s.outcomes[i] = said
		}
	}
	return s.judged(plan)
}

// near says whether two times are the same but for what is lost in fractions of seconds.
func near(one, other float64) bool { return math.Abs(one-other) < 1e-6 }

func TestWithoutAnyEffectAStallIsOverWhenItEnds(t *testing.T) {
	if found := stalled(func(int) outcome { return outcome{} }); *found != (recovery{0, 2, 0.001}) {
		t.Errorf("%+v", found)
	}
}

func TestWhatFailedIsCounted(t *testing.T) {
	found := stalled(func(request int) outcome {
		if 200 <= request && request < 350 {
			return unanswered
		}
		return outcome{}
	})
	if found.Failed != 150 || found.Disturbed != 2 {
		t.Errorf("%+v", found)
	}
}

func TestAServerHasRecoveredWhenHalfASecondOfRequestsIsQuick(t *testing.T) {
	for name, late := range map[string]outcome{"failed": unanswered, "slow": {11 * time.Millisecond, true}} {
		found := stalled(func(request int) outcome {
			if 200 <= request && request <= 620 {
				return late
			}
			return outcome{}
		})
		if !near(found.Disturbed, 4.21) {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestAQuickMomentIsNoRecovery(t *testing.T) {
	found := stalled(func(request int) outcome {
		if 200 <= request && request <= 620 && request%49 == 0 {
			return unanswered
		}
		return outcome{}
	})
	if !near(found.Disturbed, 3.89) { // 588 is the last that failed
		t.Errorf("%+v", found)
	}
}

func TestAServerThatDoesNotRecoverIsDisturbedToTheEnd(t *testing.T) {
	found := stalled(func(request int) outcome {
		if request >= 200 {
			return unanswered
		}
		return outcome{}
	})
	if found.Failed != 800 || found.Disturbed != 8 {
		t.Errorf("%+v", found)
	}
}

func TestTwiceTheLatencyBeforeIsQuickEnough(t *testing.T) {
	found := stalled(func(request int) outcome {
		if request < 200 {
			return outcome{8 * time.Millisecond, true}
		}
		return outcome{15 * time.Millisecond, true}
	})
	if found.Disturbed != 2 || found.BeforeP99 != 0.008 {
		t.Errorf("%+v", found)
	}
}

func TestAStallHasToFitIntoAnOpenLoop(t *testing.T) {
	const line = `{"mode":%q,"endpoint":"json","target":"127.0.0.1:1","connections":1,"seconds":3%s,"stall":%s}`
	for _, refused := range []struct{ mode, rate, stall, said string }{
		{"closed", "", `{"pid":2,"at":0.5,"seconds":1}`, "a stall needs an open loop"},
		{"open", `,"rate":10`, `{"pid":1,"at":0.5,"seconds":1}`, "a stall needs pid"},
		{"open", `,"rate":10`, `{"pid":2,"at":0,"seconds":1}`, "a stall needs pid"},
		{"open", `,"rate":10`, `{"pid":2,"at":0.5,"seconds":2}`, "which end 0.5 s before the phase"},
	} {
		failure, _ := told(t, fmt.Sprintf(line, refused.mode, refused.rate, refused.stall))[1]["failure"].(string)
		if !strings.Contains(failure, refused.said) {
			t.Errorf("%s: want %s, got %q", refused.stall, refused.said, failure)
		}
	}
}

// isStopped says whether a process is, by the third field of its line in /proc.
func isStopped(pid int) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.HasPrefix(string(line[strings.LastIndexByte(string(line), ')')+1:]), " T")
}

// The server answers 503 for as long as a process behind it is stopped; the process does nothing.
func TestAProcessStopsForAsLongAsThePlanSays(t *testing.T) {
	t.Parallel()
	behind := exec.Command("sleep", "60")
	if err := behind.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		behind.Process.Kill()
		behind.Wait()
	})
	address := serving(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isStopped(behind.Process.Pid) {
			http.Error(w, "a service is not available", http.StatusServiceUnavailable)
			return
		}
		right.ServeHTTP(w, r)
	}))
	const line = `{"mode":"open","target":%q,"endpoint":"json","seed":7,"connections":8,"rate":50,"seconds":1.5,` +
		`"stall":{"pid":%d,"at":0.3,"seconds":0.4}}`
	found, err := load(planned(t, fmt.Sprintf(line, address, behind.Process.Pid)), none)
	if err != nil {
		t.Fatal(err)
	}
	if found.Errors > 0 || found.Failed == 0 || found.Disturbed < 0.4 || found.Requests+found.Failed != 75 {
		t.Errorf("%+v, %+v", found, found.recovery)
	}
	if isStopped(behind.Process.Pid) {
		t.Error("the process is stopped still")
	}
}
