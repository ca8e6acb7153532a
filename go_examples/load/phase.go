package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"go_examples/load/endpoints"
)

// phase is one line of the standard input.
type phase struct {
	Mode        string  `json:"mode"`
	Target      string  `json:"target"`
	Endpoint    string  `json:"endpoint"`
	Seed        int     `json:"seed"`
	Requests    int     `json:"requests"`
	Limit       float64 `json:"limit"`
	Connections int     `json:"connections"`
	Channels    int     `json:"channels"`
	Rate        float64 `json:"rate"`
	WarmUp      float64 `json:"warm_up"`
	Seconds     float64 `json:"seconds"`
	Stall       *stall  `json:"stall"`
	Transport   string  `json:"transport"`
	Certificate string  `json:"certificate"`

	endpoint endpoints.Endpoint
	address  netip.AddrPort
}

// most is how many connections a phase may have: more would run out of ports.
const most = 20_000

// parsePhase reads a line, and refuses what makes no sense.
func parsePhase(line []byte, sources endpoints.Sources) (phase, error) {
	var read phase
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return phase{}, err
	}
	var err error
	if read.endpoint, err = endpoints.Named(read.Endpoint, sources); err != nil {
		return phase{}, err
	}
	if read.Mode != "ceiling" {
		if read.address, err = netip.ParseAddrPort(read.Target); err != nil || !read.address.Addr().Is4() {
			return phase{}, fmt.Errorf("target %q: want an address and a port, such as 127.0.0.1:8000", read.Target)
		}
	}
	return read, errors.Join(read.possibleTransport(), read.possible())
}

func (p *phase) possible() error {
	switch p.Mode {
	case "check":
		if p.Requests < 1 || !(0 < p.Limit && p.Limit <= slowest.Seconds()) {
			return fmt.Errorf("a check needs requests, at least 1, and limit, in seconds, at most %.0f", slowest.Seconds())
		}
		return nil
	case "open":
		if !(0 < p.Rate && p.Rate <= 1e6) {
			return fmt.Errorf("an open loop needs rate, per second, at most 1000000")
		}
	case "closed", "ceiling":
		if p.Rate != 0 {
			return fmt.Errorf("mode %q has no rate: it is as fast as the server", p.Mode)
		}
	default:
		return fmt.Errorf("unknown mode %q: it is check, closed, open or ceiling", p.Mode)
	}
	if p.Connections < 1 || p.Connections > most {
		return fmt.Errorf("mode %q needs connections, from 1 to %d", p.Mode, most)
	}
	if p.endpoint.Call == nil && p.Channels != 0 {
		return fmt.Errorf("%s has no channels: they are for calls of gRPC", p.Endpoint)
	}
	if p.endpoint.Call != nil && (p.Channels < 1 || p.Connections%p.Channels != 0) {
		return fmt.Errorf("%s needs channels, among which its connections are divided evenly", p.Endpoint)
	}
	if !(0 < p.Seconds && p.Seconds <= 3600) || !(0 <= p.WarmUp && p.WarmUp <= 3600) {
		return fmt.Errorf("mode %q needs seconds, above 0, and may have warm_up; both at most 3600", p.Mode)
	}
	if p.Stall != nil {
		return p.Stall.possible(p)
	}
	return nil
}

// warmUp returns when the measured time begins, and end when it ends, from the beginning of the phase.
func (p *phase) warmUp() time.Duration { return seconds(p.WarmUp) }
func (p *phase) end() time.Duration    { return seconds(p.WarmUp + p.Seconds) }

func seconds(number float64) time.Duration { return time.Duration(number * float64(time.Second)) }
