package backend

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"
)

// Upstream is another service that is slow to answer.
type Upstream struct {
	client *http.Client
	url    string
}

// NewUpstream returns a client of UPSTREAM that keeps its connections: each request under way may hold a few of them, and
// net/http would keep two of all.
func NewUpstream() *Upstream {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, 1024
	return &Upstream{
		client: &http.Client{Transport: transport, Timeout: 10 * time.Second},
		url:    fmt.Sprintf("http://%s/?ms=20", os.Getenv("UPSTREAM")),
	}
}

// Ask makes that many calls at the same time and returns the sum of their bodies' lengths; the first that fails ends the others.
func (u *Upstream) Ask(ctx context.Context, calls int) (int, error) {
	lengths := make([]int, calls)
	group, ctx := errgroup.WithContext(ctx)
	for i := range lengths {
		group.Go(func() (err error) {
			lengths[i], err = u.call(ctx)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	total := 0
	for _, length := range lengths {
		total += length
	}
	return total, nil
}

func (u *Upstream) call(ctx context.Context) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.url, nil)
	if err != nil {
		return 0, err
	}
	response, err := u.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: status %s", u.url, response.Status)
	}
	return len(body), nil
}
