// Package gateway asks a web application for one page, as a server would that runs it, in this process. Its twin is
// bench/workloads/memory/gateway.py.
package gateway

import "net/http"

// Status returns the status of the answer to `GET /`.
func Status(handler http.Handler) int {
	request, err := http.NewRequest(http.MethodGet, "http://localhost/", http.NoBody)
	if err != nil {
		panic(err)
	}
	answer := &answer{header: http.Header{}, status: http.StatusOK}
	handler.ServeHTTP(answer, request)
	return answer.status
}

// answer is a response of which only the status is kept.
type answer struct {
	header http.Header
	status int
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(body []byte) (int, error) { return len(body), nil }
