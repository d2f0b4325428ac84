package agent

import (
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Style is how registrations are protected against replay (RFC 5944 §5.7). The zero
// Style is none, by which no request is judged.
type Style uint8

// The styles.
const (
	ByTimestamps Style = 1 + iota // RFC 5944 §5.7.1, which every node has
	ByNonces                      // RFC 5944 §5.7.2
)

// String returns "none", "timestamps" or "nonces".
func (s Style) String() string {
	switch s {
	case 0:
		return "none"
	case ByTimestamps:
		return "timestamps"
	case ByNonces:
		return "nonces"
	}
	return "style " + strconv.Itoa(int(s))
}

// DefaultTolerance is how far a timestamp may be from the home agent's clock where
// nothing else is said: the 7 seconds that RFC 5944 §5.7.1 proposes.
const DefaultTolerance = 7 * time.Second

// Replay is what a home agent keeps of a mobile node for its replay protection. A new
// one has its Style only. It is a value to be kept, and compared, as any other; it is not
// shared without a lock.
//
// With nonces every authentic request moves it that is answered, an old one that somebody
// replays as well, since the denial brings a new nonce (RFC 5944 §5.7.2). The mobile node does
// not get that one, and its next request is denied, once, and brought up to date.
type Replay struct {
	Style      Style
	Timestamps mipv4.Timestamps
	Nonces     mipv4.Nonces
}

// judge judges the Identification of a request and returns the one for the answer, and
// the next nonce, which is random.
func (p *Replay) judge(v *Receiver, id mipv4.Identification, now time.Time) (answer mipv4.Identification, next uint32, err error) {
	switch {
	case p == nil:
	case p.Style == ByTimestamps && !now.IsZero():
		tolerance := v.Tolerance
		if tolerance == 0 {
			tolerance = DefaultTolerance
		}
		answer, err = p.Timestamps.Judge(id, now, tolerance)
		return answer, 0, err
	case p.Style == ByNonces && v.Nonce != nil:
		next = v.Nonce()
		// A nonce is neither 0 nor the last one: of three in a row one is neither.
		for range 3 {
			if answer, err = p.Nonces.Judge(id, next); err != mipv4.ErrSameNonce {
				break
			}
			next++
		}
		return answer, next, err
	}
	return 0, 0, ErrReplayUntold
}

// commit notes that a request is answered. With an error it is not, and nothing is noted.
func (p *Replay) commit(id mipv4.Identification, next uint32, accepts bool) error {
	switch {
	case p.Style == ByNonces:
		if accepts {
			// Commit would note a nonce that is not sent.
			if _, err := p.Nonces.Judge(id, next); err != nil {
				return err
			}
		}
		err := p.Nonces.Commit(id, next)
		if !accepts && err == mipv4.ErrNonce {
			return nil // the denial brings the nonce
		}
		return err
	case accepts:
		return p.Timestamps.Commit(id)
	}
	return nil
}
