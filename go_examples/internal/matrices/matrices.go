// Package matrices makes the two matrices of the matrix product. Its Python twin is bench/workloads/execution/matrices.py.
//
// The elements are whole numbers, small enough for every sum of products to be exact: so the order of the additions, which
// differs between the programs, does not change the answer.
package matrices

// Left returns the first factor, row by row.
func Left(n int) [][]float64 {
	return square(n, func(row, column int) int { return row + 2*column })
}

// Right returns the second factor, row by row.
func Right(n int) [][]float64 {
	return square(n, func(row, column int) int { return 3*row - column })
}

func square(n int, element func(row, column int) int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
		for j := range rows[i] {
			rows[i][j] = float64(element(i, j))
		}
	}
	return rows
}
