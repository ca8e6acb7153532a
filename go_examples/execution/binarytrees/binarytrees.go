// Package binarytrees makes perfect binary trees, counts and drops them: the time is that of allocating and freeing small objects.
//
// A node is a struct of two pointers. Nothing is pooled; the garbage collector works at its default settings.
package binarytrees

// Input holds the arguments that the catalog names.
type Input struct {
	Depth int `json:"depth"`
}

const minDepth = 4

type node struct {
	left, right *node
}

func makeTree(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{makeTree(depth - 1), makeTree(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil || n.right == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}

// Run returns the nodes counted: in one deeper tree, in all trees of each depth, in the tree that lives throughout.
func Run(in Input) []int {
	counts := []int{makeTree(in.Depth + 1).count()}
	longLived := makeTree(in.Depth)
	for treesDepth := minDepth; treesDepth <= in.Depth; treesDepth += 2 {
		trees := 1 << (in.Depth - treesDepth + minDepth)
		total := 0
		for range trees {
			total += makeTree(treesDepth).count()
		}
		counts = append(counts, total)
	}
	return append(counts, longLived.count())
}
