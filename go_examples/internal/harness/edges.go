package harness

import (
	"bufio"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"io"
	"reflect"
)

// Program answers an input, which is the arguments of a program as JSON, with the canonical text of its answer.
type Program func(arguments []byte) (string, error)

// Answering makes a Program of the functions of a package. What panics in them becomes its error.
func Answering[In, Prepared, Out any](prepare func(In) Prepared, run func(Prepared) Out) Program {
	return func(arguments []byte) (text string, err error) {
		defer func() {
			if reason := recover(); reason != nil {
				err = fmt.Errorf("%v", reason)
			}
		}()
		var in In
		if err := json.Unmarshal(arguments, &in, json.RejectUnknownMembers(true)); err != nil {
			return "", err
		}
		reduced, err := plain(reflect.ValueOf(run(prepare(in))))
		if err != nil {
			return "", err
		}
		return canonical(reduced), nil
	}
}

// Serve answers one line with one: tests/workloads/answering.py asks programs that it has linked into one process by their packages.
func Serve(programs map[string]Program, questions io.Reader, answers io.Writer) error {
	lines := bufio.NewReader(questions)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		var question struct {
			Package   string         `json:"package"`
			Arguments jsontext.Value `json:"arguments"`
		}
		if err := json.Unmarshal(line, &question); err != nil {
			return err
		}
		program, known := programs[question.Package]
		if !known {
			return fmt.Errorf("there is no program %q", question.Package)
		}
		// Text may be any bytes, which JSON carries as base64.
		var answer struct {
			Text  []byte `json:"text"`
			Error string `json:"error"`
		}
		text, err := program(question.Arguments)
		answer.Text = []byte(text)
		if err != nil {
			answer.Error = err.Error()
		}
		if err := json.MarshalWrite(answers, answer); err != nil {
			return err
		}
		if _, err := answers.Write([]byte("\n")); err != nil {
			return err
		}
	}
}
