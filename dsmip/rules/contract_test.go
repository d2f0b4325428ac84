package rules_test

import (
	"encoding/hex"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// message is a parsed request or reply: one of the two.
type message struct {
	request *mipv4.Request
	reply   *mipv4.Reply
	asked   *mipv4.Request
}

func parse(t testing.TB, msg []byte) message {
	t.Helper()
	if msg[0] == 1 {
		r, err := mipv4.ParseRequest(msg)
		if err != nil {
			t.Fatalf("%x: %v", msg, err)
		}
		return message{request: &r}
	}
	r, err := mipv4.ParseReply(msg)
	if err != nil {
		t.Fatalf("%x: %v", msg, err)
	}
	return message{reply: &r}
}

func (m message) verdicts(s *rules.Situation) iter.Seq[rules.Verdict] {
	if m.request != nil {
		return s.Request(m.request)
	}
	return s.Reply(m.reply, m.asked)
}

func (m message) check(s *rules.Situation) error {
	if m.request != nil {
		return s.CheckRequest(m.request)
	}
	return s.CheckReply(m.reply, m.asked)
}

func (m message) extensions() ext.List {
	if m.request != nil {
		return m.request.Extensions
	}
	return m.reply.Extensions
}

// contract judges a message of which no extension leads the receiver astray, and
// checks what the loop over verdicts promises: the verdicts on the message as a whole
// come first and have faults, of them first those that the receiver MUST discard the
// message for and say nothing; then every extension comes once and in order, with one
// verdict that has no fault or with those of its faults, each of them different; what
// has the receiver discard or reject was told before the first; and the check gives the
// first serious verdict.
func contract(t *testing.T, s *rules.Situation, m message) {
	t.Helper()
	receiver := s.Leg.Receiver()
	type told struct {
		offset int
		fault  *code.Fault
	}
	var announced []told
	var first error
	l := m.extensions()
	next, more := l.First()
	var current ext.Raw
	var faults []*code.Fault // of current
	whole := true
	for v := range m.verdicts(s) {
		if first == nil && v.Fault != nil && serious(v.Fault, receiver) {
			first = v.Fault
		}
		if isWhole(v) {
			if !whole || v.Fault == nil {
				t.Fatalf("%v at %d on the message as a whole, behind an extension: %v", v.Fault, v.Offset, !whole)
			}
			if n := len(announced); n > 0 && silences(v.Fault, receiver) && !silences(announced[n-1].fault, receiver) {
				t.Fatalf("%v at %d silences the message, and was told behind %v", v.Fault, v.Offset, announced[n-1].fault)
			}
			announced = append(announced, told{v.Offset, v.Fault})
			continue
		}
		if v.Offset != v.Extension.Offset() {
			t.Fatalf("offset %d of an extension at %d", v.Offset, v.Extension.Offset())
		}
		if whole || v.Offset != current.Offset() {
			if !more || v.Offset != next.Offset() || !slices.Equal(v.Extension.Bytes(), next.Bytes()) || v.Extension.Kind() != next.Kind() {
				t.Fatalf("%v at %d is not the next extension", v.Extension.Kind(), v.Offset)
			}
			current, faults = next, nil
			next, more = l.Next(next)
		} else if v.Fault == nil || len(faults) == 0 || slices.Contains(faults, v.Fault) {
			t.Fatalf("a second verdict on the extension at %d: %v behind %v", v.Offset, v.Fault, faults)
		}
		whole = false
		if v.Fault == nil {
			continue
		}
		faults = append(faults, v.Fault)
		if v.Fault.Reaction(receiver).Stops() && !slices.Contains(announced, told{v.Offset, v.Fault}) {
			t.Fatalf("%v at %d stops the message, and was not told ahead", v.Fault, v.Offset)
		}
	}
	if more {
		t.Fatalf("no verdict on %v at %d", next.Kind(), next.Offset())
	}
	if err := m.check(s); err != first {
		t.Fatalf("the check gives %v, the first serious verdict is %v", err, first)
	}
}

// silences reports whether the receiver MUST discard a message for a fault, and has no Code
// to answer with.
func silences(f *code.Fault, receiver code.Role) bool {
	return f.Reaction(receiver).String() == "discard"
}

// TestSilence: what MUST be discarded silently is told before what is answered, wherever
// either stands: what is missing before a field and before an extension, an extension
// before a field, before what is missing and before an extension ahead of it.
func TestSilence(t *testing.T) {
	const noCareOf, allOnes = "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123", "01 00 0708 c000020a c0000201 ffffffff eeae5a5a3eb7e123"
	const coLocated = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, T
	M, F, H := ruleLetters['M'], ruleLetters['F'], ruleLetters['H']
	const tunnel, challenge, support = "90 06 00 00 00 00 0000", "84 04 deadbeef", "89 06 0000 01020304"
	const other = "8b 05 01 cb007105" // a Requested HA other than the Home Agent
	for _, tt := range []struct {
		leg       code.Leg
		msg       string
		situation rules.Situation
		want      *code.Fault
	}{
		{code.MNtoHA, noCareOf, rules.Situation{}, rules.ErrNoAuthorization},
		{code.MNtoHA, requestHead + tunnel, rules.Situation{}, rules.ErrNoAuthorization},
		{code.MNtoHA, requestHead + "90 01 00", rules.Situation{}, rules.ErrNoAuthorization},
		{code.MNtoHA, requestHead + other, rules.Situation{}, rules.ErrNoAuthorization},
		{code.MNtoHA, "01 24" + requestHead[5:], rules.Situation{}, rules.ErrNoAuthorization},
		{code.MNtoHA, noCareOf + M + H, rules.Situation{}, rules.ErrForeignHomeLeg},
		{code.MNtoFA, allOnes + M + challenge, rules.Situation{}, rules.ErrChallengeUnanswered},
		{code.MNtoFA, allOnes + support + M, rules.Situation{}, rules.ErrRevocationNotDirect},
		{code.MNtoFA, requestHead + support + M, rules.Situation{MobileForeign: rules.Shared}, rules.ErrRevocationNotDirect},
		{code.MNtoFA, requestHead + M + challenge, rules.Situation{MobileForeign: rules.Shared}, rules.ErrChallengeUnanswered},
		{code.FAtoHA, noCareOf + M + H, rules.Situation{ForeignHome: rules.None}, rules.ErrForeignHomeUnknown},
		{code.FAtoHA, coLocated + M + tunnel + H, rules.Situation{ForeignHome: rules.None}, rules.ErrForeignHomeUnknown},
		// What is answered besides the discarding is no silence.
		{code.MNtoFA, allOnes + M, rules.Situation{MobileForeign: rules.Shared}, rules.ErrBroadcastCareOfAddress},
		{code.MNtoFA, requestHead + "8b 05 01 00000000" + M + F + F, rules.Situation{MobileForeign: rules.Shared}, rules.ErrRequestedHAUnicast},
	} {
		tt.situation.Leg, tt.situation.Profile = tt.leg, dsmip.RFC5454
		m := parse(t, unhex(tt.msg))
		contract(t, &tt.situation, m)
		if err := m.check(&tt.situation); err != tt.want {
			t.Errorf("%v %s: %v, want %v", tt.leg, tt.msg, err, tt.want)
		}
	}
}

// pieces are extensions of every kind of the registry, and of kinds without a row: as
// its row has them, and with Lengths that do not fit.
func pieces(t *testing.T) (right, wrong [][]byte) {
	for r := range ext.Registry() {
		if r.Kind == ext.KindPadding {
			right = append(right, []byte{0})
			continue
		}
		right = append(right, wire(t, r.Kind, 1))
		if b := badLength(r); b != nil {
			wrong = append(wrong, b)
		}
	}
	right = append(right, unhex("c802ffff"), unhex("7f010000"), unhex("ff020101"), unhex("980209ff"), unhex("8b010004c0000201"), unhex("8b020004c0000202"))
	wrong = append(wrong, unhex("9800"), unhex("8800"), unhex("9812 01 c8 20010db8000100020000000000000000"))
	return right, wrong
}

// badLength returns an extension of a row with a Length that is none of the row's: one
// less than the least, or one more than the longest. Some rows have neither.
func badLength(r ext.Row) []byte {
	header := []byte{byte(r.Kind >> 8)}
	n := r.Min - 1
	switch r.Form {
	case ext.TLV:
		if n < 0 {
			n = r.Max + 1
		}
		if n > 255 {
			return nil
		}
		return append(append(header, byte(n)), make([]byte, n)...)
	case ext.Short:
		if n < 1 { // without room for its sub-type it is of another kind
			n = r.Max + 1
		}
		if n > 255 {
			return nil
		}
		b := append(append(header, byte(n), byte(r.Kind)), make([]byte, n-1)...)
		if r.Kind.Type() == 139 {
			copy(b[3:], "\xc0") // not the figure of RFC 4433
		}
		return b
	case ext.Long, ext.Vendor:
		if n < 0 {
			return nil
		}
		return append(append(header, byte(r.Kind), 0, byte(n)), make([]byte, n)...)
	}
	return nil
}

// TestVerdicts holds every extension next to every other, and random lists of them, to
// the contract of the loop, on every leg and with every knowledge.
func TestVerdicts(t *testing.T) {
	right, wrong := pieces(t)
	all := append(slices.Clone(right), wrong...)
	random := rand.New(rand.NewPCG(5, 6))
	codes := []byte{0, 1, 65, 70, 110, 129, 143, 193, 194, 201}
	situation := func(leg code.Leg) rules.Situation {
		s := rules.Situation{Leg: leg, Profile: dsmip.Draft06 + dsmip.Profile(random.IntN(2)), Edition: rules.Edition(random.IntN(2)),
			MobileForeign: rules.Knowledge(random.IntN(3)), ForeignHome: rules.Knowledge(random.IntN(3)), Proxies: rules.Knowledge(random.IntN(3)),
			RegistrationRequired: random.IntN(2) == 0}
		if random.IntN(4) == 0 {
			// Nothing in the long form may be unknown: that leads astray.
			s.Implements = func(k ext.Kind) bool {
				return k != ext.KindGREKey && k != ext.KindMobileNodeNAI && k != ext.KindIPv6TunnelingMode && k != ext.KindFAError
			}
			s.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor == 9 }
		}
		return s
	}
	judged := 0
	judge := func(list []byte) {
		for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
			msg := unhex(replyHead)
			if leg.Request() {
				msg = unhex(requestHead)
				msg[1] = byte(random.IntN(256))
			} else {
				msg[1] = codes[random.IntN(len(codes))]
			}
			if random.IntN(4) == 0 {
				msg[2], msg[3] = 0, 0
			}
			m := parse(t, append(msg, list...))
			if m.reply != nil && random.IntN(2) == 0 {
				asked := parse(t, append(unhex(requestHead), unhex(ruleLetters['M'])...))
				m.asked = asked.request
			}
			s := situation(leg)
			contract(t, &s, m)
			judged++
			if t.Failed() {
				t.Fatalf("%v: %x", leg, append(msg, list...))
			}
		}
	}
	for _, a := range all {
		judge(a)
		for _, b := range all {
			judge(append(append(slices.Clone(a), unhex(ruleLetters['M'])...), b...))
		}
	}
	n := 20000
	if testing.Short() {
		n = 2000
	}
	authenticators := []rune("MMMAFHB")
	for range n {
		var list []byte
		for range 1 + random.IntN(9) {
			switch random.IntN(3) {
			case 0:
				list = append(list, unhex(ruleLetters[authenticators[random.IntN(len(authenticators))]])...)
			case 1:
				list = append(list, all[random.IntN(len(all))]...)
			default:
				list = append(list, right[random.IntN(len(right))]...)
			}
		}
		judge(list)
	}
	t.Logf("%d messages", judged)
}

// TestStopping: a loop that leaves at any verdict has seen the ones before it, and
// nothing follows.
func TestStopping(t *testing.T) {
	l, _ := ruleList("uTMncMHHvt0")
	request := append(unhex(requestHead), l...)
	request[1] = byte(mipv4.FlagReservedX)
	l, _ = ruleList("mbMMcwcFFKe")
	reply := append(unhex(replyHead), l...)
	var many []byte
	for range 12 {
		many = append(many, unhex("9814 02 00 40 00 20010db8000000010000000000000000")...)
	}
	for name, c := range map[string]struct {
		msg []byte
		leg code.Leg
	}{
		"request":                {request, code.FAtoHA},
		"reply":                  {reply, code.FAtoMN},
		"reply, one prefix":      {append(append(unhex(replyHead), many[:22]...), reply[20:]...), code.FAtoMN},
		"reply, many prefixes":   {append(append(unhex(replyHead), many...), reply[20:]...), code.FAtoMN},
		"request, no leg":        {request, 0},
		"reply, a request's":     {reply, code.MNtoFA},
		"request, nothing in it": {request[:24], code.MNtoHA},
	} {
		m := parse(t, c.msg)
		s := rules.Situation{Leg: c.leg, Profile: dsmip.RFC5454}
		all := slices.Collect(m.verdicts(&s))
		if len(all) == 0 {
			t.Fatalf("%s: no verdict", name)
		}
		for stop := range all {
			n := 0
			for v := range m.verdicts(&s) {
				if v.Offset != all[n].Offset || v.Fault != all[n].Fault || isWhole(v) != isWhole(all[n]) {
					t.Fatalf("%s: verdict %d is another when the loop leaves at %d", name, n, stop)
				}
				if n++; n > stop {
					break
				}
			}
			if n != stop+1 {
				t.Errorf("%s: %d verdicts, left at %d", name, n, stop)
			}
		}
	}
}

// TestUntold: without a leg, on a leg of the other message, without a profile, an
// edition or knowledge that there is, all four methods give one fault, the caller's,
// and judge nothing.
func TestUntold(t *testing.T) {
	const beyond = 200
	request, reply := parse(t, unhex(requestHead+ruleLetters['M'])), parse(t, unhex(replyHead+ruleLetters['M']))
	for _, tt := range []struct {
		name           string
		change         func(*rules.Situation)
		request, reply *code.Fault
	}{
		{"no leg", func(s *rules.Situation) { s.Leg = 0 }, code.ErrLeg, code.ErrLeg},
		{"an unknown leg", func(s *rules.Situation) { s.Leg = 7 }, code.ErrLeg, code.ErrLeg},
		{"a leg far beyond", func(s *rules.Situation) { s.Leg = beyond }, code.ErrLeg, code.ErrLeg},
		{"the other message's leg", func(s *rules.Situation) { s.Leg = s.Leg.Reverse() }, rules.ErrRequestLeg, rules.ErrReplyLeg},
		{"no profile", func(s *rules.Situation) { s.Profile = 0 }, dsmip.ErrProfile, dsmip.ErrProfile},
		{"an unknown profile", func(s *rules.Situation) { s.Profile = 3 }, dsmip.ErrProfile, dsmip.ErrProfile},
		{"a profile far beyond", func(s *rules.Situation) { s.Profile = beyond }, dsmip.ErrProfile, dsmip.ErrProfile},
		{"an unknown edition", func(s *rules.Situation) { s.Edition = 2 }, rules.ErrEdition, rules.ErrEdition},
		{"an edition far beyond", func(s *rules.Situation) { s.Edition = beyond }, rules.ErrEdition, rules.ErrEdition},
		{"mobile-foreign", func(s *rules.Situation) { s.MobileForeign = 3 }, rules.ErrKnowledge, rules.ErrKnowledge},
		{"foreign-home", func(s *rules.Situation) { s.ForeignHome = 3 }, rules.ErrKnowledge, rules.ErrKnowledge},
		{"proxies", func(s *rules.Situation) { s.Proxies = beyond }, rules.ErrKnowledge, rules.ErrKnowledge},
		{"reverse tunnel", func(s *rules.Situation) { s.Receiver = &rules.Receiver{ReverseTunnel: 4} }, rules.ErrService, rules.ErrService},
		{"minimal encapsulation", func(s *rules.Situation) { s.Receiver = &rules.Receiver{MinimalEncapsulation: 4} }, rules.ErrService, rules.ErrService},
		{"GRE encapsulation", func(s *rules.Situation) { s.Receiver = &rules.Receiver{GREEncapsulation: 4} }, rules.ErrService, rules.ErrService},
		{"UDP tunnel", func(s *rules.Situation) { s.Receiver = &rules.Receiver{UDPTunnel: 4} }, rules.ErrService, rules.ErrService},
		{"encapsulating delivery", func(s *rules.Situation) { s.Receiver = &rules.Receiver{EncapsulatingDelivery: beyond} }, rules.ErrService, rules.ErrService},
		{"challenge", func(s *rules.Situation) { s.Receiver = &rules.Receiver{Challenge: 4} }, rules.ErrService, rules.ErrService},
		{"nothing at all", func(s *rules.Situation) { *s = rules.Situation{} }, code.ErrLeg, code.ErrLeg},
	} {
		for _, c := range []struct {
			m    message
			leg  code.Leg
			want *code.Fault
		}{{request, code.MNtoHA, tt.request}, {request, code.MNtoFA, tt.request}, {request, code.FAtoHA, tt.request},
			{reply, code.HAtoMN, tt.reply}, {reply, code.HAtoFA, tt.reply}, {reply, code.FAtoMN, tt.reply}} {
			s := rules.Situation{Leg: c.leg, Profile: dsmip.RFC5454}
			tt.change(&s)
			if err := c.m.check(&s); err != error(c.want) {
				t.Errorf("%s, %v: %v, want %v", tt.name, c.leg, err, c.want)
			}
			all := slices.Collect(c.m.verdicts(&s))
			if len(all) != 1 || all[0].Fault != c.want || all[0].Offset != 0 || !isWhole(all[0]) {
				t.Errorf("%s, %v: %d verdicts, the first %+v", tt.name, c.leg, len(all), all[0])
			}
			if c.want.Breaks() != code.Caller {
				t.Errorf("%s: %v blames the sender", tt.name, c.want)
			}
		}
	}
}

// TestLayout: an extension of every kind that does not fit its figure has the fault of
// its row among the verdicts, once, and no other.
func TestLayout(t *testing.T) {
	tested := 0
	for r := range ext.Registry() {
		b := badLength(r)
		if b == nil {
			continue
		}
		tested++
		for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
			head := requestHead
			if leg.Reply() {
				head = replyHead
			}
			for _, list := range []string{hex.EncodeToString(b) + ruleLetters['M'], ruleLetters['M'] + hex.EncodeToString(b)} {
				msg := unhex(head + list)
				s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
				var got []*code.Fault
				all, _ := judge(t, &s, msg, nil)
				for _, v := range all {
					if v.Extension.Kind() == r.Kind && !isWhole(v) && len(v.Extension.Bytes()) == len(b) {
						got = append(got, v.Fault)
					}
				}
				want := r.BadLength
				if r.Kind == ext.KindLegacyNVSE { // unassigned again, and skipped
					want = nil
				}
				if !slices.Equal(got, []*code.Fault{want}) {
					t.Errorf("%v on %v: %v, want %v", r.Kind, leg, got, want)
				}
			}
		}
	}
	if tested < 45 {
		t.Errorf("%d kinds tested", tested)
	}
	// What a row cannot say.
	for _, tt := range []struct {
		msg  string
		leg  code.Leg
		want *code.Fault
	}{
		{requestHead + "9800" + ruleLetters['M'], code.MNtoHA, ext.ErrNoSubType},
		{replyHead + "8800" + ruleLetters['M'], code.HAtoMN, ext.ErrNoSubType},
		{requestHead + "9812 01 81 20010db8000100020000000000000000" + ruleLetters['M'], code.MNtoHA, dsmip.ErrPrefixLength},
		{replyHead + "9814 02 00 fe 00 20010db8000100020000000000000000" + ruleLetters['M'], code.HAtoMN, dsmip.ErrPrefixLength},
	} {
		for _, p := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
			s := rules.Situation{Leg: tt.leg, Profile: p}
			all, first := judge(t, &s, unhex(tt.msg), nil)
			i := slices.IndexFunc(all, func(v rules.Verdict) bool { return !isWhole(v) })
			if i < 0 || all[i].Fault != tt.want || first != error(tt.want) {
				t.Errorf("%v, %s: %+v, first %v", p, tt.msg, all, first)
			}
		}
	}
}

// TestAbsent: an authenticator that does not fit its layout is not there, which the
// fault of what is missing shows, and it is reported itself.
func TestAbsent(t *testing.T) {
	const (
		home    = "2003 000001"
		foreign = "2103 000001"
		agents  = "2203 000001"
		aaa     = "24010013 00000100 000000000000000000000000000000"
		fafa    = "24020013 00000100 000000000000000000000000000000"
	)
	M := ruleLetters['M']
	for _, tt := range []struct {
		name, msg, short string
		situation        rules.Situation
		missing          *code.Fault
	}{
		{"32 in a request", requestHead + home, home, rules.Situation{Leg: code.MNtoHA}, rules.ErrNoAuthorization},
		{"32 in a request, RFC 3344", requestHead + home, home, rules.Situation{Leg: code.MNtoHA, Edition: rules.RFC3344}, rules.ErrNoAuthorization3344},
		{"32 relayed", requestHead + home, home, rules.Situation{Leg: code.FAtoHA}, rules.ErrNoAuthorization},
		{"32 in a reply", replyHead + home, home, rules.Situation{Leg: code.HAtoMN}, rules.ErrReplyNoMobileHome},
		{"32 in a reply to the foreign agent", replyHead + home, home, rules.Situation{Leg: code.HAtoFA}, rules.ErrReplyNoMobileHome},
		{"32 relayed to the mobile node", replyHead + home, home, rules.Situation{Leg: code.FAtoMN}, rules.ErrReplyNoMobileHome},
		{"32 behind a key", replyHead + ruleLetters['L'] + home, home, rules.Situation{Leg: code.HAtoMN}, rules.ErrKeyReplyHome},
		{"36 in a request", requestHead + aaa, aaa, rules.Situation{Leg: code.MNtoHA}, rules.ErrNoAuthorization},
		{"36 behind a challenge", requestHead + M + ruleLetters['c'] + aaa, aaa, rules.Situation{Leg: code.MNtoFA}, rules.ErrChallengeUnanswered},
		{"36 behind a key request", requestHead + M + ruleLetters['k'] + aaa, aaa, rules.Situation{Leg: code.MNtoFA}, rules.ErrKeyRequestAlone},
		{"33 in a request", requestHead + M + foreign, foreign, rules.Situation{Leg: code.MNtoFA, MobileForeign: rules.Shared}, ext.ErrNoMobileForeign},
		{"33 behind a challenge", requestHead + M + ruleLetters['c'] + foreign, foreign, rules.Situation{Leg: code.MNtoFA}, rules.ErrChallengeUnanswered},
		{"33 in a reply", replyHead + M + foreign, foreign, rules.Situation{Leg: code.FAtoMN, MobileForeign: rules.Shared}, ext.ErrNoMobileForeign},
		{"33 behind a key", replyHead + M + ruleLetters['K'] + foreign, foreign, rules.Situation{Leg: code.FAtoMN}, rules.ErrKeyReplyForeign},
		{"34 in a request", requestHead + M + agents, agents, rules.Situation{Leg: code.FAtoHA, ForeignHome: rules.Shared}, ext.ErrNoForeignHome},
		{"34 in a reply", replyHead + M + agents, agents, rules.Situation{Leg: code.HAtoFA, ForeignHome: rules.Shared}, ext.ErrNoForeignHome},
		{"34 of a proxy", requestHead + ruleLetters['1'] + agents, agents, rules.Situation{Leg: code.FAtoHA, Proxies: rules.Served}, rules.ErrProxyForeignHome},
		{"34 to a proxy", replyHead + ruleLetters['1'] + agents, agents, rules.Situation{Leg: code.HAtoFA, Proxies: rules.Served}, rules.ErrProxyForeignHome},
		{"36/2 behind the foreign agent's address", requestHead + M + ruleLetters['h'] + fafa, fafa, rules.Situation{Leg: code.FAtoHA}, rules.ErrHierarchicalFAUnprotected},
	} {
		tt.situation.Profile = dsmip.RFC5454
		all, first := judge(t, &tt.situation, unhex(tt.msg), nil)
		row, _ := ext.Lookup(ext.Kind(0))
		missing, reported := 0, 0
		for _, v := range all {
			if v.Fault == tt.missing {
				missing++
			}
			if b := v.Extension.Bytes(); !isWhole(v) && slices.Equal(b, unhex(tt.short)) {
				if row, _ = ext.Lookup(v.Extension.Kind()); v.Fault == row.BadLength {
					reported++
				}
			}
		}
		if missing == 0 || reported != 1 {
			t.Errorf("%s: missing %d times, reported %d times: %+v", tt.name, missing, reported, all)
		}
		if first == nil {
			t.Errorf("%s: nothing to act on", tt.name)
		}
		// One that fits is there.
		fits := map[string]string{home: ruleLetters['M'], foreign: ruleLetters['F'], agents: ruleLetters['H'], aaa: ruleLetters['A'], fafa: ruleLetters['B']}[tt.short]
		right := tt.msg[:len(tt.msg)-len(tt.short)] + fits
		all, _ = judge(t, &tt.situation, unhex(right), nil)
		if slices.ContainsFunc(all, func(v rules.Verdict) bool { return v.Fault == tt.missing }) {
			t.Errorf("%s: missing although it is there", tt.name)
		}
	}
}

// TestAstray: who does not know type 139 or 154 skips it by the Length of the short form
// (RFC 5944 §1.8). In the short form of erratum 898 that is right. In the long forms of
// the figures it reads 4, or what follows, as a type; the message is discarded, and the
// sender broke nothing.
func TestAstray(t *testing.T) {
	knows := func(unknown ext.Type) func(ext.Kind) bool {
		return func(k ext.Kind) bool { return k.Type() != unknown }
	}
	for _, tt := range []struct {
		name, head, list string // list: letters of the rules' lists
		leg              code.Leg
		unknown          ext.Type
		astray           int // where in the list, -1 for nowhere
	}{
		{"139, the figure", requestHead, "nrM", code.MNtoHA, 139, 1},
		{"139, the short form", requestHead, "nqM", code.MNtoHA, 139, -1},
		{"139, known", requestHead, "nrM", code.MNtoHA, 154, -1},
		{"139, the figure, at the foreign agent", requestHead, "nrMF", code.MNtoFA, 139, 1},
		{"139, both forms", requestHead, "nqrM", code.MNtoHA, 139, 2},
		{"139 in a reply, the figure", replyHead, "ndM", code.HAtoMN, 139, 1},
		{"154", requestHead, "nxM", code.MNtoHA, 154, 1},
		{"154, relayed", requestHead, "xM", code.FAtoHA, 154, 0},
		{"154, known", requestHead, "nxM", code.MNtoHA, 139, -1},
		{"154, twice", requestHead, "xxM", code.MNtoHA, 154, 0},
	} {
		l, offsets := ruleList(tt.list)
		msg := append(unhex(tt.head), l...)
		switch tt.leg {
		case code.MNtoHA:
			msg[1] = byte(mipv4.FlagDecapsulation)
		case code.HAtoMN:
			msg[1] = byte(code.HARedirect)
		}
		s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454, Implements: knows(tt.unknown)}
		all, first := judge(t, &s, msg, nil)
		if tt.astray < 0 {
			if first != nil || len(all) != len(tt.list) || slices.ContainsFunc(all, func(v rules.Verdict) bool { return v.Fault != nil }) {
				t.Errorf("%s: %v, %+v", tt.name, first, all)
			}
			continue
		}
		at := offsets[tt.astray] + len(msg) - len(l)
		if first != rules.ErrAstray || len(all) == 0 || all[0].Fault != rules.ErrAstray || all[0].Offset != at || !isWhole(all[0]) {
			t.Errorf("%s: %v, %+v", tt.name, first, all)
			continue
		}
		// In front every extension has been judged, and nobody is accused.
		if len(all) != 1+tt.astray {
			t.Errorf("%s: %d verdicts", tt.name, len(all))
		}
		for _, v := range all[1:] {
			if v.Fault != nil {
				t.Errorf("%s: %v at %d", tt.name, v.Fault, v.Offset)
			}
		}
		for receiver := code.HomeAgent; receiver <= code.MobileNode; receiver++ {
			if r := rules.ErrAstray.Reaction(receiver); r.Action() != code.Discard {
				t.Errorf("%v: %v", receiver, r)
			}
		}
	}
	// What stands in front is not judged by what cannot be reached: the key request has
	// its Mobile-AAA, the NAI its place before Mobile-Home.
	l, _ := ruleList("nkxMA")
	s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454, Implements: knows(154)}
	all, _ := judge(t, &s, append(unhex(requestHead), l...), nil)
	for _, v := range all {
		if v.Fault != nil && v.Fault.Breaks() == code.Must {
			t.Errorf("a conforming request is accused: %v", v.Fault)
		}
	}
}

// TestZoneFaults: Misplaced and WrongMessage return no typed nil.
func TestZoneFaults(t *testing.T) {
	for _, k := range []ext.Kind{ext.KindPadding, ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth,
		ext.KindFAFAAuth, ext.KindCVSE, ext.KindNVSE, ext.KindIMSI3GPP, ext.KindMobileCorrespondentAuth, 200 << 8, 255<<8 | 1, 152<<8 | 9, 1 << 20} {
		if err := rules.Misplaced(k); err != nil {
			t.Errorf("%v: %v", k, err)
		}
		if err := rules.WrongMessage(k); err != nil {
			t.Errorf("%v: %v", k, err)
		}
	}
	for _, k := range []ext.Kind{ext.KindMobileNodeNAI, ext.KindChallenge, ext.KindRevocationSupport, ext.KindServiceSelection} {
		if rules.Misplaced(k) == nil || rules.WrongMessage(k) != nil {
			t.Errorf("%v: %v, %v", k, rules.Misplaced(k), rules.WrongMessage(k))
		}
	}
	if rules.Misplaced(ext.KindCareOfAddress) != nil || rules.WrongMessage(ext.KindCareOfAddress) == nil {
		t.Error(fmt.Sprint(ext.KindCareOfAddress, " may stand anywhere, and in replies only"))
	}
}
