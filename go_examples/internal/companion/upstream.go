package main

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// answerLate answers after as many milliseconds as the request asks for.
func answerLate(w http.ResponseWriter, r *http.Request) {
	milliseconds, err := strconv.Atoi(r.URL.Query().Get("ms"))
	if err != nil || milliseconds < 0 {
		http.Error(w, "ms must be a whole number of milliseconds", http.StatusBadRequest)
		return
	}
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	io.WriteString(w, "ok\n") // a client that has gone needs no answer
}
