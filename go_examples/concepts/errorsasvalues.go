package concepts

import (
	"fmt"
	"strconv"
)

// MistakenTotal goes on where a text is no number: nothing is raised, and Atoi has returned 0.
func MistakenTotal(texts []string) int {
	total := 0
	for _, text := range texts {
		number, _ := strconv.Atoi(text)
		total += number
	}
	return total
}

// Total returns the error, with what it was about.
func Total(texts []string) (int, error) {
	total := 0
	for _, text := range texts {
		number, err := strconv.Atoi(text)
		if err != nil {
			return 0, fmt.Errorf("total: %w", err)
		}
		total += number
	}
	return total, nil
}
