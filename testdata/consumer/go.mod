module example.org/homeagent

go 1.24

require github.com/go-mobileip/dsmipv4 v0.0.0

replace github.com/go-mobileip/dsmipv4 => ../..
