// Package report runs one program of a memory or observe benchmark and tells the harness when to read. Its twin is
// bench/workloads/report.py, which has the protocol. It imports little, since all that it imports counts as the program's memory.
package report

import (
	"os"
	"reflect"
	"runtime/metrics"
	"strconv"
	"strings"
)

// Figure is a number that the program has observed.
type Figure struct {
	Name  string
	Value float64
}

// Mark tells the harness that a moment has come, with figures that the program has observed; it returns when that has read.
type Mark func(name string, figures ...Figure)

// Main runs a program with the arguments of the command line, each written name=value. Each must have a field of In, an int or a
// string, whose tag names it: `report:"count"`.
func Main[In any](run func(In, Mark) int) {
	in, err := input[In](os.Args[1:])
	if err != "" {
		os.Stderr.WriteString(err + "\n")
		os.Exit(2)
	}
	say("answer " + strconv.Itoa(run(in, mark)))
}

// mark adds what the runtime itself says of its memory: all that it has mapped, less what it has given back.
func mark(name string, figures ...Figure) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	figures = append(figures, Figure{"runtime", float64(samples[0].Value.Uint64() - samples[1].Value.Uint64())})
	line := "mark " + name
	for _, figure := range figures {
		line += " " + figure.Name + "=" + strconv.FormatFloat(figure.Value, 'g', -1, 64)
	}
	say(line)
	os.Stdin.Read(make([]byte, 1))
}

func say(line string) { os.Stdout.WriteString(line + "\n") }

// input fills a program's input struct, or says what is wrong with the arguments.
func input[In any](arguments []string) (In, string) {
	var in In
	fields := reflect.ValueOf(&in).Elem()
	if fields.NumField() != len(arguments) {
		return in, "there are " + strconv.Itoa(len(arguments)) + " arguments, but the input has " + strconv.Itoa(fields.NumField()) + " fields"
	}
	for _, argument := range arguments {
		name, text, _ := strings.Cut(argument, "=")
		if !set(fields, name, text) {
			return in, "argument " + argument + ": there is no such field, or the value is not of its type"
		}
	}
	return in, ""
}

// set gives the field with that tag its value, and says whether it could.
func set(fields reflect.Value, name, text string) bool {
	for i := range fields.NumField() {
		if fields.Type().Field(i).Tag.Get("report") != name {
			continue
		}
		switch field := fields.Field(i); field.Kind() {
		case reflect.Int:
			number, err := strconv.Atoi(text)
			field.SetInt(int64(number))
			return err == nil
		case reflect.String:
			field.SetString(text)
			return true
		}
	}
	return false
}
