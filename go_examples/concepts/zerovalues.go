// Package concepts has the smallest programs that show what Go does differently from what a Python programmer expects: what the
// habit makes of it, whose name begins with Mistaken, and what Go programmers write.
package concepts

// MistakenInStock returns 0 for what was never stocked as well: a missing key has the zero value of its type.
func MistakenInStock(counts map[string]int, item string) int {
	return counts[item]
}

// InStock tells the two apart.
func InStock(counts map[string]int, item string) (count int, known bool) {
	count, known = counts[item]
	return count, known
}
