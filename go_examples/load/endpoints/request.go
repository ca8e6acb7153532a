package endpoints

import "strconv"

// AppendMessage appends one of the messages that the request of a place in the sequence is, which is its answer as well.
func (e *Endpoint) AppendMessage(to []byte, seed int, sequence uint64, message int) []byte {
	return e.AppendAnswer(to, seed, sequence*Burst+uint64(message))
}

// AppendRequest appends the request of a place in the sequence; a WebSocket's are messages.
func (e *Endpoint) AppendRequest(to []byte, host string, seed int, sequence uint64) []byte {
	d := drawn(seed, sequence)
	e = e.of(d)
	to = append(append(to, e.method...), ' ')
	to = e.path(to, d)
	to = append(append(append(to, " HTTP/1.1\r\nHost: "...), host...), "\r\n"...)
	if e.headers != nil {
		to = e.headers(to, d)
	}
	if e.body == nil {
		return append(to, "\r\n"...)
	}
	return appendBody(to, func(to []byte) []byte { return e.body(to, d) })
}

// Request returns the bytes of an invalid request.
func (i *Invalid) Request(host string) []byte {
	to := []byte(i.Title() + " HTTP/1.1\r\nHost: " + host + "\r\n" + i.Headers)
	if i.Method == "GET" {
		return append(to, "\r\n"...)
	}
	return appendBody(to, func(to []byte) []byte { return append(to, i.Body...) })
}

// Title returns an invalid request's method and path.
func (i *Invalid) Title() string { return i.Method + " " + i.Path }

// Title returns the method and the path of a request.
func (e *Endpoint) Title(seed int, sequence uint64) string {
	d := drawn(seed, sequence)
	e = e.of(d)
	return e.method + " " + string(e.path(nil, d))
}

// Path returns where a WebSocket is opened.
func (e *Endpoint) Path() string { return string(e.path(nil, draw{})) }

// AppendAnswer appends what a request has to be answered with.
func (e *Endpoint) AppendAnswer(to []byte, seed int, sequence uint64) []byte {
	d := drawn(seed, sequence)
	return e.of(d).answer(to, d)
}

// Length returns the least and the greatest length of an answer that is right; 0 and 0 where it is known only once there is one.
func (e *Endpoint) Length(scratch []byte, seed int, sequence uint64) (least, most int) {
	d := drawn(seed, sequence)
	e = e.of(d)
	if e.length != nil {
		return e.length(d)
	}
	length := len(e.answer(scratch[:0], d))
	return length, length + len("\n")
}

// appendBody appends the rest of a request's head, and its body.
func appendBody(to []byte, body func([]byte) []byte) []byte {
	content := body(make([]byte, 0, 256))
	if len(content) > 0 {
		to = append(to, "Content-Type: application/json\r\n"...)
	}
	to = strconv.AppendInt(append(to, "Content-Length: "...), int64(len(content)), 10)
	return append(append(to, "\r\n\r\n"...), content...)
}
