package ext_test

import (
	"runtime"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// counters returns the number of objects allocated so far, and the bytes in use.
func counters() (objects, bytes uint64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs, m.HeapAlloc
}

// TestIdleContexts: a home agent has one context for each of its subscribers, most
// of which are idle when garbage is collected. What they sign and verify then
// allocates nothing, or what one pool of hashes takes, and none takes more than 400
// bytes.
func TestIdleContexts(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	number := 100_000
	if testing.Short() {
		number = 10_000
	}
	contexts := make([]ext.SecurityContext, number)
	key := make([]byte, 16)
	buf := make([]byte, 0, 128)
	request := unhex(vectorRequest)
	for a := ext.HMACMD5; a <= ext.CHAP; a++ {
		clear(contexts)
		runtime.GC()
		_, before := counters()
		for i := range contexts {
			key[0], key[1], key[2] = byte(i), byte(i>>8), byte(i>>16)
			spi := uint32(256 + i)
			if a == ext.CHAP {
				spi = 2
			}
			contexts[i] = context(t, spi, a, key)
		}
		runtime.GC()
		_, after := counters()
		if each := (after - before) / uint64(number); each > 400 {
			t.Errorf("%v: %d bytes each", a, each)
		}
		for _, processors := range []int{runtime.GOMAXPROCS(0), 64} {
			restore := runtime.GOMAXPROCS(processors)
			least := uint64(1 << 62)
			for range 3 { // the runtime allocates now and then
				runtime.GC()
				runtime.GC()
				before, _ := counters()
				for _, c := range contexts {
					kind := ext.KindMobileHomeAuth
					sign := c.Signer(kind)
					if a == ext.CHAP {
						kind = ext.KindMNAAAAuth
						sign = c.SignerWithChallenge(kind, request[:1])
					}
					msg, err := sign(append(buf, request...))
					if err != nil {
						t.Fatal(err)
					}
					l, err := ext.Parse(msg, 24)
					if err != nil {
						t.Fatal(err)
					}
					auth, err := l.Auth(kind)
					if err != nil {
						t.Fatal(err)
					}
					if a == ext.CHAP {
						_, err = c.VerifyWithChallenge(auth, request[:1])
					} else {
						_, err = c.Verify(auth)
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				after, _ := counters()
				least = min(least, after-before)
			}
			runtime.GOMAXPROCS(restore)
			if least > idleAllocations {
				t.Errorf("%v, %d processors: %d allocations", a, processors, least)
			}
		}
	}
}
