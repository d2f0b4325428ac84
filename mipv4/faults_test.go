package mipv4_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestFaults: the section that each fault of the messages, advertisements and
// solicitations names, what it breaks, and what home agent, foreign agent and mobile
// node do about it. RFC 1256 §4.2 has routers, §5.2 hosts silently discard; where the
// texts are silent the reaction is a recommendation.
func TestFaults(t *testing.T) {
	const advised, ignored, must = "unspecified (discard)", "unspecified (ignore)", "discard"
	tests := []struct {
		fault      *code.Fault
		source     string
		breaks     code.Breaks
		ha, fa, mn string
	}{
		{mipv4.ErrMessageType, "RFC 5944 §6.1", code.Caller, "", "", ""},
		{mipv4.ErrUnknownMessage, "RFC 5944 §6.1", code.Unclear, advised, advised, advised},
		{mipv4.ErrTunnelDataCut, "RFC 3519 §3.3", code.Must, advised, advised, advised},
		{mipv4.ErrRevocationCut, "RFC 3543 §3.3", code.Must, advised, advised, advised},
		{mipv4.ErrRevocationAcknowledgmentCut, "RFC 3543 §3.4", code.Must, advised, advised, advised},
		{mipv4.ErrHandoffRequestCut, "RFC 4881 §4.5", code.Must, advised, advised, advised},
		{mipv4.ErrHandoffReplyCut, "RFC 4881 §4.6", code.Must, advised, advised, advised},
		{mipv4.ErrRegionalRequestCut, "RFC 4857 §10.1", code.Must, advised, advised, advised},
		{mipv4.ErrRegionalReplyCut, "RFC 4857 §10.2", code.Must, advised, advised, advised},
		{mipv4.ErrFastBindingUpdateCut, "RFC 4988 §5.1", code.Must, advised, advised, advised},
		{mipv4.ErrFastBindingAckCut, "RFC 4988 §5.2", code.Must, advised, advised, advised},
		{mipv4.ErrNotificationCut, "RFC 6098 §4.1", code.Must, advised, advised, advised},
		{mipv4.ErrNotificationAckCut, "RFC 6098 §4.2", code.Must, advised, advised, advised},
		{mipv4.ErrHomeTestInitCut, "RFC 6521 §5.6", code.Must, advised, advised, advised},
		{mipv4.ErrCareOfTestInitCut, "RFC 6521 §5.7", code.Must, advised, advised, advised},
		{mipv4.ErrHomeTestCut, "RFC 6521 §5.8", code.Must, advised, advised, advised},
		{mipv4.ErrCareOfTestCut, "RFC 6521 §5.9", code.Must, advised, advised, advised},
		{mipv4.ErrICMPType, "RFC 1256 §3", code.Caller, "", "", ""},
		{mipv4.ErrChecksum, "RFC 1256 §4.2, §5.2", code.Must, must, must, must},
		{mipv4.ErrSolicitationCut, "RFC 1256 §4.2", code.Must, must, must, ""},
		{mipv4.ErrSolicitationCode, "RFC 1256 §4.2", code.Must, must, must, ""},
		{mipv4.ErrAdvertisementCut, "RFC 1256 §5.2", code.Must, "", "", must},
		{mipv4.ErrAdvertisementCode, "RFC 1256 §5.2, RFC 5944 §2.1", code.Must, "", "", must},
		{mipv4.ErrAddrEntrySize, "RFC 1256 §5.2", code.Must, "", "", must},
		{mipv4.ErrRouterAddressesCut, "RFC 1256 §5.2", code.Must, "", "", must},
		{mipv4.ErrMobilityAgentLength, "RFC 5944 §2.1.1", code.Must, "", "", advised},
		{mipv4.ErrPrefixLengthsLength, "RFC 5944 §2.1.2", code.Must, "", "", ignored},
		{mipv4.ErrPrefixLengthBits, "RFC 5944 §2.1.2", code.Must, "", "", ignored},
		{mipv4.ErrDiscoveryNVSELength, "RFC 3115 §2.2", code.Must, ignored, ignored, ignored},
		{mipv4.ErrDiscoverySubType, "RFC 3846 §3, RFC 4881 §9", code.Must, ignored, ignored, ignored},
		{mipv4.ErrLinkLayerLength, "RFC 4881 §9.3-9.7", code.Must, ignored, ignored, ignored},
		{mipv4.ErrNeitherAgent, "RFC 5944 §2.1.1", code.Must, "", "", ignored},
		{mipv4.ErrBusyWithoutForeign, "RFC 5944 §2.1.1", code.Must, "", "", ignored},
		{mipv4.ErrRequiredWithoutForeign, "RFC 5944 §2.1.1", code.Must, "", "", ignored},
		{mipv4.ErrNoCareOfAddress, "RFC 5944 §2.1.1", code.Must, "", "", ignored},
		{mipv4.ErrReserved, "RFC 3543 §3.3, §3.4, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2, RFC 6098 §4.1", code.Caller, "", "", ""},
		{mipv4.ErrHomeDomainAddress, "RFC 3543 §3.3", code.Caller, "", "", ""},
		{mipv4.ErrForeignDomainAddress, "RFC 3543 §3.3", code.Caller, "", "", ""},
		{mipv4.ErrGFAIPAddress, "RFC 4857 §10.1, §10.2", code.Caller, "", "", ""},
		{mipv4.ErrFastLifetime, "RFC 4988 §5.1, §5.2", code.Caller, "", "", ""},
		{mipv4.ErrRouterAddress, "RFC 1256 §3", code.Caller, "", "", ""},
		{mipv4.ErrNumAddrs, "RFC 1256 §3", code.Caller, "", "", ""},
		{mipv4.ErrNoMobilityAgent, "RFC 5944 §2.4", code.Caller, "", "", ""},
		{mipv4.ErrManyCareOfAddresses, "RFC 5944 §2.1.1", code.Caller, "", "", ""},
		{mipv4.ErrAgentChallenge, "RFC 4721 §2", code.Caller, "", "", ""},
		{mipv4.ErrAgentNAI, "RFC 3846 §3", code.Caller, "", "", ""},
		{mipv4.ErrVendorID, "RFC 3115 §2.2", code.Caller, "", "", ""},
	}
	for _, tt := range tests {
		f := tt.fault
		ha, fa, mn := f.Reaction(code.HomeAgent).String(), f.Reaction(code.ForeignAgent).String(), f.Reaction(code.MobileNode).String()
		if f.Source() != tt.source || f.Breaks() != tt.breaks || ha != tt.ha || fa != tt.fa || mn != tt.mn {
			t.Errorf("%v breaks %v: %q, %q, %q, want %+v", f, f.Breaks(), ha, fa, mn, tt)
		}
	}
}
