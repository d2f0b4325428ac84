module github.com/go-mobileip/dsmipv4

go 1.24

require (
	github.com/google/go-cmp v0.7.0
	github.com/google/gofuzz v1.2.0
)
