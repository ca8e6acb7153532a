package concepts

import "context"

// Source answers, or gives up when its context is done.
type Source func(context.Context) string

// MistakenFirst leaves goroutines behind: nobody receives the later answers, those who send them wait for ever, and nothing ends
// a goroutine from outside.
func MistakenFirst(ctx context.Context, sources ...Source) string {
	answers := make(chan string)
	for _, source := range sources {
		go func() { answers <- source(ctx) }()
	}
	return <-answers
}

// First has room for every answer, so that everybody can send, and tells the others when it has one: who heeds its context ends.
func First(ctx context.Context, sources ...Source) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string, len(sources))
	for _, source := range sources {
		go func() { answers <- source(ctx) }()
	}
	return <-answers
}
