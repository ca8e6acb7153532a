package harness

import (
	"encoding/json/v2"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"
)

// arguments are the input of a program as the catalog writes it: values, and names of files whose bytes are the values.
type arguments struct {
	Input map[string]any    `toml:"input"`
	Files map[string]string `toml:"files"`
}

// entry is the part of a catalog entry that the programs need.
type entry struct {
	arguments
	ID    string `toml:"id"`
	Check struct {
		arguments
		Answer    any     `toml:"answer"`
		Tolerance float64 `toml:"tolerance"`
	} `toml:"check"`
}

// repository returns the nearest folder above the working directory that holds the catalog.
func repository() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "bench", "catalog")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("%s is not inside the repository: no folder above it holds bench/catalog", start)
		}
	}
}

// find returns the catalog entry of a benchmark.
func find(root, id string) (entry, error) {
	section, _, _ := strings.Cut(id, "/")
	path := filepath.Join(root, "bench", "catalog", section+".toml")
	var catalog struct {
		Benchmarks []entry `toml:"benchmark"`
	}
	if _, err := toml.DecodeFile(path, &catalog); err != nil {
		return entry{}, fmt.Errorf("%s: %w", path, err)
	}
	for _, candidate := range catalog.Benchmarks {
		if candidate.ID == id {
			return candidate, nil
		}
	}
	return entry{}, fmt.Errorf("%s: there is no benchmark %q", path, id)
}

// input fills a program's Input struct. Each argument must have a field and each field an argument.
func input[In any](root string, arguments arguments) (In, error) {
	var in In
	values := make(map[string]any)
	for name, value := range arguments.Input {
		values[name] = value
	}
	for name, file := range arguments.Files {
		path := filepath.Join(root, "build", "inputs", file)
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return in, fmt.Errorf("argument %s: %s has not been made yet; run `make test`, or any measurement, first", name, path)
		} else if err != nil {
			return in, fmt.Errorf("argument %s: %w", name, err)
		}
		values[name] = content
	}
	if fields := reflect.TypeFor[In]().NumField(); fields != len(values) {
		return in, fmt.Errorf("the catalog gives %d arguments, but Input has %d fields", len(values), fields)
	}
	// JSON carries every argument unchanged: bytes go through it as base64.
	encoded, err := json.Marshal(values)
	if err != nil {
		return in, err
	}
	return in, json.Unmarshal(encoded, &in, json.RejectUnknownMembers(true))
}
