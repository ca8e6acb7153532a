package concepts

// MistakenFirst leaves goroutines behind: nobody receives the later answers, those who send them wait for ever, and nothing ends
// a goroutine from outside.
func MistakenFirst(sources ...func() string) string {
	answers := make(chan string)
	for _, source := range sources {
		go func() { answers <- source() }()
	}
	return <-answers
}

// First has room for every answer, so that everybody can send and end.
func First(sources ...func() string) string {
	answers := make(chan string, len(sources))
	for _, source := range sources {
		go func() { answers <- source() }()
	}
	return <-answers
}
