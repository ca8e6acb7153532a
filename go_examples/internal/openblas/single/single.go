// Package single has gonum leave its work in single precision to OpenBLAS, which is called through cgo: the library gonum.org/v1/netlib.
package single

// linked is whether the program is linked with OpenBLAS. Without the build tag openblas, or without a C compiler, it is not.
var linked bool

// Require panics where the program is not linked with OpenBLAS, as gonum would do the work by itself there.
func Require() {
	if !linked {
		panic("built without OpenBLAS: that takes a C compiler, the library and -tags=openblas")
	}
}
