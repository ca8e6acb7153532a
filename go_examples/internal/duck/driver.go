//go:build cgo

package duck

import _ "github.com/duckdb/duckdb-go/v2" // without a C compiler it does not build, and Open says that there is no such driver
