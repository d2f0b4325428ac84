module github.com/go-mobileip/dsmipv4

go 1.24
