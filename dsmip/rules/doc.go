// Package rules says whether a well-formed registration message is right: what
// may stand where on each leg, how often, what must be there, and whether every
// extension fits its layout. Import it to judge what was received, by RFC 5944 or
// RFC 3344, by draft-ietf-mip4-dsmipv4-06 or RFC 5454, in one pass. The other messages
// of port 434 and Agent Advertisements are judged by their own texts, and what answers a
// message by that as well.
//
// A [Situation] is what judging takes besides the message. CheckRequest and
// CheckReply answer with the first fault to act on; Request and Reply yield every
// extension once, in order, with its verdict:
//
//	situation := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.RFC5454}
//	for v := range situation.Request(&request) {
//		if v.Fault == nil {
//			use(v.Extension)
//			continue
//		}
//		reaction := v.Fault.Reaction(code.HomeAgent)
//		if reaction.Stops() {
//			return reaction // nothing has been used yet
//		}
//	}
//
// What was not told is never taken as right: without a leg or a profile the answer
// is a fault. Authenticators are not verified here, but for their form: one that
// does not fit its layout counts as absent.
//
// Every fault is a *[code.Fault] and says what it breaks. Checking allocates
// nothing, and takes a constant number of walks over the message. Everything is
// safe for concurrent use.
package rules
