//go:build cgo && openblas

package single

// #cgo LDFLAGS: -lopenblas
import "C"

import (
	"gonum.org/v1/gonum/blas/blas32"
	blas "gonum.org/v1/netlib/blas/netlib"
)

func init() {
	blas32.Use(blas.Implementation{})
	linked = true
}
