package fuzz

import (
	"math/bits"
	"math/rand"
)

// source is a stream of random numbers: SplitMix64, whose numbers are a function
// of the seed and of how many were drawn before, the same on every machine and
// with every version of Go. With from set the numbers come from there instead.
type source struct {
	state uint64
	from  *rand.Rand
}

const goldenGamma = 0x9e3779b97f4a7c15

// mix is the output function of SplitMix64.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// keyed returns the stream of one case of a campaign.
func keyed(seed, index uint64) source {
	return source{state: mix(mix(seed+goldenGamma) + index)}
}

func (s *source) uint64() uint64 {
	if s.from != nil {
		return s.from.Uint64()
	}
	s.state += goldenGamma
	return mix(s.state)
}

// n returns a number below k, which is positive.
func (s *source) n(k int) int {
	hi, _ := bits.Mul64(s.uint64(), uint64(k))
	return int(hi)
}

// between returns a number from low to high, both included.
func (s *source) between(low, high int) int { return low + s.n(high-low+1) }

// oneIn is true once in k times.
func (s *source) oneIn(k int) bool { return s.n(k) == 0 }

// append appends n random bytes.
func (s *source) append(b []byte, n int) []byte {
	for ; n >= 8; n -= 8 {
		v := s.uint64()
		b = append(b, byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
	}
	if n > 0 {
		for v := s.uint64(); n > 0; n-- {
			b = append(b, byte(v>>56))
			v <<= 8
		}
	}
	return b
}
