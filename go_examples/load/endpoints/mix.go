package endpoints

// part is an endpoint of a mix, and how many of a hundred requests are its.
type part struct {
	percent  int
	endpoint Endpoint
}

// mixed returns an endpoint whose requests are each of one of the parts, which is drawn.
func mixed(parts ...part) Endpoint {
	mix := Endpoint{parts: parts}
	for _, part := range parts {
		mix.Invalid = append(mix.Invalid, part.endpoint.Invalid...)
	}
	return mix
}

// of returns the endpoint that a request is of: of a mix one of its parts, by bits that no part draws from.
func (e *Endpoint) of(d draw) *Endpoint {
	place := draw{bits: Scattered(d.bits)}.between(1, 100, 0)
	for i := range e.parts {
		if place -= e.parts[i].percent; place <= 0 {
			return &e.parts[i].endpoint
		}
	}
	return e
}
