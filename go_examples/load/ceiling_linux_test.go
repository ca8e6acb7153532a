package main

import (
	"os"
	"testing"
)

// The program that is measured starts itself: here that is the test's binary.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "-answer" {
		if err := answer(os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestTheCeilingIsARateForAWholeCPU(t *testing.T) {
	for _, endpoint := range []string{"plaintext", "json"} {
		line := `{"mode":"ceiling","endpoint":"` + endpoint + `","connections":4,"warm_up":0.05,"seconds":0.3}`
		found, err := ceiling(*planned(t, line))
		if err != nil {
			t.Fatal(err)
		}
		if found.Errors > 0 || found.Requests == 0 || found.Opened != 4 || found.Validated == 0 {
			t.Errorf("%s: %+v", endpoint, found)
		}
		if found.Ceiling*found.CPU < 0.99*float64(found.Requests) {
			t.Errorf("%s: %+v", endpoint, found)
		}
	}
}

func TestOnlyWhatIsCannedHasACeiling(t *testing.T) {
	line := `{"mode":"ceiling","endpoint":"stream","connections":1,"seconds":0.1}`
	if _, err := ceiling(*planned(t, line)); err == nil || err.Error() != "stream has no ceiling: plaintext and json have one" {
		t.Error(err)
	}
}
