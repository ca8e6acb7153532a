// Command load is the load generator: it asks a web server what the contract of docs/decisions/web.md says, and times the answers.
// `load -help` explains how it is told what to do. docs/decisions/load-generator.md has the reasons for how it is made.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"go_examples/internal/perceptron"
	"go_examples/load/endpoints"
)

const help = `load asks a web server for answers, checks them, and times them.

    load -schema bench/workloads/web/schema.sql      phases from the standard input; -weights file, for classify;
                                                     -key text, for production-post
    load -ceiling [-endpoint json] [-connections 64] [-seconds 2]
    load -answer                                     the server that -ceiling asks

It first prints where it serves the slow upstream, which answers GET /?ms=20 by "ok" after 20 ms:

    {"upstream":"127.0.0.1:40123"}

To a gateway that is measured alone it answers at once, what the services behind it would from the rows of the phase's seed: GET
/users/17, /orders?user=17 and /prices?items=4&items=9.

Each line of the standard input is a phase, and is answered by one line. It ends with its input. Endpoints: %[1]s.

  check   sends as many requests one by one, then those that are invalid, and validates each answer wholly: {"valid":32}

    {"mode":"check","target":"127.0.0.1:8000","endpoint":"json","seed":7,"requests":32,"limit":2.0}

  closed  each connection sends its next request when the last is answered: what a server can do at most

    {"mode":"closed","target":"127.0.0.1:8000","endpoint":"json","seed":7,"connections":64,"warm_up":0.5,"seconds":2.0}

  open    sends at a constant rate, whatever the server does: what its users wait for. Request i is planned at i/rate, and its
          latency counts from then, also when no connection is free

    {"mode":"open","target":"127.0.0.1:8000","endpoint":"json","seed":7,"rate":1000.0,"connections":256,"warm_up":0.5,"seconds":2.0}

          Calls of gRPC take "channels" as well, among which the connections, which are calls under way, are divided. With a stall
          a process is stopped for some seconds, and what is answered by 503 or 504 is no error:

    {"mode":"open", ..., "seconds":8.0,"stall":{"pid":4711,"at":2.0,"seconds":2.0}}

          check and open may have a transport, in place of bare connections: %[2]s. All but off need the file of the
          certificate that the server has. With handshake each request has a connection of its own

    {"mode":"open","target":"127.0.0.1:8000","endpoint":"json","seed":7,"rate":300.0,"connections":64,"seconds":2.0,"transport":"handshake","certificate":"certificate.pem"}

  ceiling a closed loop against a server that does nothing but answer: what this program can do at most, as "ceiling"

    {"mode":"ceiling","endpoint":"json","connections":64,"warm_up":0.5,"seconds":2.0}

What is answered to a load, times in seconds:

  requests    right answers whose latency counts: closed, those that came in the measured time; open, to requests planned in it
  seconds     the measured time, after the warm-up
  rate        right answers that came in the measured time, per second; offered is what an open loop was asked for
  mean, p50, p90, p99, p999, max
              of the latency: from when the request was sent, or planned, to the last byte of its answer
  lag_p99     of how much later than planned a request was sent that found a free connection
  errors, first_error
              answers that were wrong, failed or never came, those of the warm-up included, and the first in words. Answers are
              waited for after the end: for 2 s in an open loop, for 10 s in a closed one
  validated   answers that were validated wholly: one in 64, and all calls of gRPC. Of all others status and length are
  cpu         CPU seconds of this process in the measured time
  opened      connections opened; more than were asked for if the server closes them. A channel counts for all of its calls.
              With the transport handshake, those beyond one for each request
  handshakes  TLS handshakes, all of them full
  upstream_calls, sent
              calls that came to the upstream, and requests that were sent, from the beginning of the phase
  failed, before_p99, disturbed
              with a stall: requests that were not answered right, the latency before, and how long after the beginning of the
              stall it was back: for half a second, 99 of 100 requests took no more than twice that, or 10 ms

A phase that cannot be made, and a server that does not pass its check, is answered by {"failure":"why"}.

`

// threads is how many threads may run Go code at once: the loop's, the upstream's, and a spare one for the collector. On one CPU as
// well, so that none of them waits for the scheduler to see that the loop's waits in the kernel.
const threads = 4

// memory is how much may be used before garbage is collected within a phase: hardly ever.
const memory = 256 << 20

func main() {
	log.SetFlags(0)
	log.SetPrefix("load: ")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), help, strings.Join(endpoints.Names(), ", "), strings.Join(transports, ", "))
		flag.PrintDefaults()
	}
	schema := flag.String("schema", "", "the `file` with the messages of the fortunes")
	weights := flag.String("weights", "", "the safetensors `file` with the weights of the model that classify asks")
	key := flag.String("key", "", "the `text` that the tokens which production-post takes are signed with")
	answering := flag.Bool("answer", false, "serve plaintext and json until the standard input ends")
	measuring := flag.Bool("ceiling", false, "measure what this program can do at most, and print it")
	asked := phase{Mode: "ceiling", WarmUp: 0.5}
	flag.StringVar(&asked.Endpoint, "endpoint", "json", "with -ceiling: plaintext or json")
	flag.IntVar(&asked.Connections, "connections", 64, "with -ceiling: as many connections")
	flag.Float64Var(&asked.Seconds, "seconds", 2, "with -ceiling: as many seconds")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "load: %q: there are flags only; load -help explains them\n", flag.Arg(0))
		os.Exit(2)
	}
	runtime.GOMAXPROCS(max(threads, runtime.GOMAXPROCS(0)))
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(memory)
	var err error
	switch {
	case *answering:
		err = answer(os.Stdin, os.Stdout)
	case *measuring:
		err = printCeiling(asked, os.Stdout)
	default:
		err = serve(*schema, *weights, *key, os.Stdin, os.Stdout)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// readSources reads what answers follow from; a name that is empty is no file.
func readSources(schema, weights, key string) (endpoints.Sources, error) {
	sources := endpoints.Sources{Key: key}
	if schema != "" {
		text, err := os.ReadFile(schema)
		if err != nil {
			return sources, err
		}
		if sources.Messages, err = endpoints.Messages(string(text)); err != nil {
			return sources, fmt.Errorf("%s: %w", schema, err)
		}
	}
	if weights != "" {
		file, err := os.ReadFile(weights)
		if err != nil {
			return sources, err
		}
		if sources.Layers, err = perceptron.Layers(file); err != nil {
			return sources, fmt.Errorf("%s: %w", weights, err)
		}
	}
	return sources, nil
}

// serve serves the upstream, and makes phases until its input ends.
func serve(schema, weights, key string, input io.Reader, output io.Writer) error {
	sources, err := readSources(schema, weights, key)
	if err != nil {
		return err
	}
	upstream, err := startUpstream()
	if err != nil {
		return err
	}
	answers := json.NewEncoder(output)
	answers.SetEscapeHTML(false)
	if err := answers.Encode(map[string]string{"upstream": upstream.address()}); err != nil {
		return err
	}
	lines := bufio.NewScanner(input)
	for number := 1; lines.Scan(); number++ {
		runtime.GC() // what the phase before has left
		if err := answers.Encode(answerTo(lines.Bytes(), number, sources, upstream)); err != nil {
			return err
		}
	}
	return lines.Err()
}

// failure is the answer where there is no other.
type failure struct {
	Failure string `json:"failure"`
}

// answerTo makes the phase of a line, and returns the answer.
func answerTo(line []byte, number int, sources endpoints.Sources, upstream *upstream) any {
	plan, err := parsePhase(line, sources)
	if err != nil {
		return failure{fmt.Sprintf("line %d: %v", number, err)}
	}
	upstream.seed.Store(int64(plan.Seed))
	var found any
	switch plan.Mode {
	case "check":
		found, err = check(&plan)
	case "ceiling":
		found, err = ceiling(plan)
	default:
		found, err = load(&plan, upstream.calls.Load)
	}
	if err != nil {
		return failure{err.Error()}
	}
	return found
}

func printCeiling(asked phase, output io.Writer) error {
	line, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	plan, err := parsePhase(line, endpoints.Sources{})
	if err != nil {
		return err
	}
	found, err := ceiling(plan)
	if err != nil {
		return err
	}
	return json.NewEncoder(output).Encode(found)
}
