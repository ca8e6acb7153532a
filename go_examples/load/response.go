package main

import (
	"bytes"
	"fmt"
)

// reading is which part of a response comes next.
type reading int

const (
	readHead reading = iota
	readBody
	readToEnd // of the connection
	readSize  // of a chunk
	readExtension
	readSizeEnd
	readChunk
	readChunkEnd
	readTrailer
)

// longest is the length of a head, and of a chunk's line, that is taken for one.
const longest = 64 << 10

// response finds the end of one HTTP/1.1 response in bytes that come piece by piece, and reads of it only what that needs: its
// status, its length, and whether the connection stays. net/http's reader, which is strict about all the rest, reads the responses that
// are validated wholly.
//
// Source: RFC 9112, sections 6 and 7.
type response struct {
	part   reading
	head   []byte // of a head that has come in pieces
	status int
	length int // of the body, as far as it has come
	left   int // of the body or the chunk
	line   int // length of a chunk's line, as far as it has come
	last   bool
}

// begin makes ready for the next response.
func (r *response) begin() {
	r.part, r.head, r.status, r.length, r.left, r.line, r.last = readHead, r.head[:0], 0, 0, 0, 0, false
}

// feed reads what has come, and says whether the response is whole. More than one response is an error: only one was asked for.
func (r *response) feed(data []byte) (bool, error) {
	whole := false
	for len(data) > 0 {
		if whole {
			return false, fmt.Errorf("sent %d bytes more than the response has", len(data))
		}
		var err error
		switch r.part {
		case readHead:
			data, whole, err = r.feedHead(data)
		case readBody, readChunk:
			taken := min(r.left, len(data))
			r.length, r.left, data = r.length+taken, r.left-taken, data[taken:]
			if r.left > 0 {
				break
			}
			if r.part == readBody {
				whole = true
			} else {
				r.part = readChunkEnd
			}
		case readToEnd:
			r.length += len(data)
			return false, nil
		default:
			whole, err = r.feedLine(data[0])
			data = data[1:]
		}
		if err != nil {
			return false, err
		}
	}
	return whole, nil
}

// ended says whether the end of the connection is the response's.
func (r *response) ended() bool { return r.part == readToEnd }

func (r *response) feedHead(data []byte) (rest []byte, whole bool, err error) {
	have := len(r.head)
	if have == 0 {
		if end := bytes.Index(data, blankLine); end >= 0 { // the usual case: no copy
			whole, err = r.parse(data[:end+2])
			return data[end+len(blankLine):], whole, err
		}
	}
	r.head = append(r.head, data...)
	end := bytes.Index(r.head, blankLine)
	switch {
	case end >= 0:
		whole, err = r.parse(r.head[:end+2])
		return data[end+len(blankLine)-have:], whole, err
	case len(r.head) > longest:
		return nil, false, fmt.Errorf("sent a head of more than %d bytes", longest)
	default:
		return nil, false, nil
	}
}

var (
	blankLine = []byte("\r\n\r\n")
	version11 = []byte("HTTP/1.1 ")
	version10 = []byte("HTTP/1.0 ")
)

// parse reads a head without its blank line, and says whether the response has no body.
func (r *response) parse(head []byte) (bool, error) {
	line, rest, _ := bytes.Cut(head, blankLine[:2])
	eleven := bytes.HasPrefix(line, version11)
	if !eleven && !bytes.HasPrefix(line, version10) || len(line) < len(version11)+3 {
		return false, fmt.Errorf("sent no HTTP: %q", line[:min(len(line), 80)])
	}
	status, good := digits(line[len(version11) : len(version11)+3])
	if !good || status < 200 {
		return false, fmt.Errorf("sent no final status: %q", line[:min(len(line), 80)])
	}
	r.status, r.last = status, !eleven
	length, chunked := -1, false
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, blankLine[:2])
		colon := bytes.IndexByte(line, ':')
		if colon < 1 {
			return false, fmt.Errorf("sent a header without a name: %q", line[:min(len(line), 80)])
		}
		name, value := line[:colon], bytes.TrimSpace(line[colon+1:])
		switch {
		case is(name, "content-length"):
			if length, good = digits(value); !good {
				return false, fmt.Errorf("sent a length that is no number: %q", value)
			}
		case is(name, "transfer-encoding"):
			if chunked = is(value, "chunked"); !chunked {
				return false, fmt.Errorf("sent the transfer encoding %q", value)
			}
		case is(name, "connection"):
			if is(value, "close") {
				r.last = true
			} else if is(value, "keep-alive") {
				r.last = false
			}
		}
	}
	switch {
	case chunked && length >= 0:
		return false, fmt.Errorf("sent both a length and chunks")
	case status == 204 || status == 304 || length == 0:
		return true, nil
	case chunked:
		r.part = readSize
	case length > 0:
		r.part, r.left = readBody, length
	default:
		r.part, r.last = readToEnd, true
	}
	return false, nil
}

// feedLine reads a byte of what is around chunks.
func (r *response) feedLine(next byte) (bool, error) {
	r.line++
	digit, isDigit := hexadecimal(next)
	switch {
	case r.line > longest:
	case r.part == readSize && isDigit && r.line <= 8:
		r.left = r.left<<4 | digit
		return false, nil
	case (r.part == readSize && r.line > 1 || r.part == readExtension) && next == '\r':
		r.part = readSizeEnd
		return false, nil
	case r.part == readSize && r.line > 1 && (next == ';' || next == ' ') || r.part == readExtension && next != '\n':
		r.part = readExtension
		return false, nil
	case r.part == readSizeEnd && next == '\n':
		r.line, r.part = 0, readChunk
		if r.left == 0 {
			r.part = readTrailer
		}
		return false, nil
	case r.part == readChunkEnd && (r.line == 1 && next == '\r'):
		return false, nil
	case r.part == readChunkEnd && r.line == 2 && next == '\n':
		r.line, r.part = 0, readSize
		return false, nil
	case r.part == readTrailer && r.line == 1 && next == '\r':
		return false, nil
	case r.part == readTrailer && r.line == 2 && next == '\n':
		return true, nil
	}
	return false, fmt.Errorf("sent a chunk that is none: %q is out of place", next)
}

// is compares a header's name or value without regard to case.
func is(text []byte, lower string) bool {
	if len(text) != len(lower) {
		return false
	}
	for i, letter := range text {
		if 'A' <= letter && letter <= 'Z' {
			letter += 'a' - 'A'
		}
		if letter != lower[i] {
			return false
		}
	}
	return true
}

// digits reads a decimal number of at most nine digits.
func digits(text []byte) (number int, good bool) {
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		number = 10*number + int(digit-'0')
	}
	return number, 0 < len(text) && len(text) < 10
}

func hexadecimal(digit byte) (int, bool) {
	switch {
	case '0' <= digit && digit <= '9':
		return int(digit - '0'), true
	case 'a' <= digit && digit <= 'f':
		return int(digit-'a') + 10, true
	case 'A' <= digit && digit <= 'F':
		return int(digit-'A') + 10, true
	default:
		return 0, false
	}
}
