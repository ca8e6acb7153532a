package concepts

// File is what can be read, and has to be closed.
type File interface {
	Read() string
	Close()
}

// MistakenReadAll has all files open at once: defer waits for the end of the function, not of the loop's body.
func MistakenReadAll(names []string, open func(string) File) []string {
	var texts []string
	for _, name := range names {
		file := open(name)
		defer file.Close()
		texts = append(texts, file.Read())
	}
	return texts
}

// ReadAll has a function for the body, and with it an end for each file.
func ReadAll(names []string, open func(string) File) []string {
	var texts []string
	for _, name := range names {
		texts = append(texts, read(name, open))
	}
	return texts
}

func read(name string, open func(string) File) string {
	file := open(name)
	defer file.Close()
	return file.Read()
}
