package tunnel_test

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// TestTshark has tshark dissect what this package writes: addresses, protocols,
// keys and checksums of every level. It knows no minimal forwarding header, nor
// GRE in Tunnel Data; of those only the outer header is compared, and what is
// expected ends in an asterisk.
func TestTshark(t *testing.T) {
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("tshark is not installed")
		}
		t.Skip("tshark is not installed")
	}
	const valid = "1" // the status of a checksum that is right
	type frame struct {
		bytes []byte
		want  []string
	}
	var frames []frame
	add := func(b []byte, err error, want ...string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, frame{b, want})
	}
	join := func(s ...string) string { return strings.Join(s, ",") }
	for _, profile := range profiles {
		for mode := range code.IPv6Prefix(2) {
			for e := tunnel.IPinIP; e <= tunnel.MinimalInUDP; e++ {
				b := coLocated(profile, e, mode)
				if e == tunnel.GRE || e == tunnel.GREinUDP {
					b.ForwardKey = tunnel.GREKey{Identifier: 0xcafe0001, Present: true}
				}
				path, err := b.Forward(to(inside), false)
				if err != nil {
					t.Fatal(err)
				}
				raw, err := path.Encapsulate(nil, ipv6, ipHeader)
				next, _ := path.Protocol()
				sources, destinations, protocols, statuses := "192.0.2.1", "198.51.100.7", strconv.Itoa(int(next)), valid
				if e.UDP() {
					// The datagram that the caller's socket makes of it: UDP, and a Tunnel
					// Data header (RFC 3519 §3.3).
					data := append([]byte{4, next, 0, 0}, raw...)
					header := binary.BigEndian.AppendUint16([]byte{0x01, 0xb2, 0x9c, 0x41}, uint16(8+len(data)))
					raw, err = tunnel.IPv4Packet{
						IPv4Header: tunnel.IPv4Header{TimeToLive: 64, Protocol: 17, Source: agent, Destination: nat.Addr()},
						Payload:    append(append(header, 0, 0), data...),
					}.AppendBinary(nil)
					destinations, protocols = "203.0.113.77", "17"
				}
				six, key, kind := outside.String(), "", ""
				switch path.Outer.Encapsulation {
				case tunnel.GRE:
					key, kind = "0xcafe0001", "0x0800"
					if path.Inner == (tunnel.Tunnel{}) {
						kind = "0x86dd"
					}
				case tunnel.Minimal, tunnel.MinimalInUDP, tunnel.GREinUDP:
					six, key, kind = "*", "*", "*"
					sources, destinations, protocols, statuses = sources+"*", destinations+"*", protocols+"*", statuses+"*"
				}
				if path.Inner != (tunnel.Tunnel{}) && six != "*" {
					sources, destinations = join(sources, "192.0.2.1"), join(destinations, "192.0.2.10")
					protocols, statuses = join(protocols, "41"), join(statuses, valid)
				}
				add(raw, err, sources, destinations, protocols, statuses, kind, key, "", "", six)
			}
		}
	}
	for _, sequence := range []bool{false, true} {
		for _, withKey := range []bool{false, true} {
			g := tunnel.GREPacket{ChecksumPresent: true, SequenceNumberPresent: sequence, ProtocolType: tunnel.ProtocolTypeIPv6,
				Key: tunnel.GREKey{Present: withKey}, Payload: ipv6}
			key, number := "", ""
			if withKey {
				g.Key.Identifier, key = 42, "0x0000002a"
			}
			if sequence {
				g.SequenceNumber, number = 7, "7"
			}
			payload, err := g.AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := tunnel.IPv4Packet{
				IPv4Header: tunnel.IPv4Header{TimeToLive: 64, Protocol: 47, Source: agent, Destination: careOf}, Payload: payload,
			}.AppendBinary(nil)
			add(raw, err, "192.0.2.1", "198.51.100.7", "47", valid, "0x86dd", key, valid, number, outside.String())
		}
	}

	// A capture file of link type 228, raw IPv4.
	le := binary.LittleEndian
	file := le.AppendUint32(nil, 0xa1b2c3d4)
	file = le.AppendUint16(le.AppendUint16(file, 2), 4)
	file = le.AppendUint32(le.AppendUint32(append(file, make([]byte, 8)...), 65535), 228)
	for _, f := range frames {
		n := uint32(len(f.bytes))
		file = le.AppendUint32(le.AppendUint32(append(file, make([]byte, 8)...), n), n)
		file = append(file, f.bytes...)
	}
	name := filepath.Join(t.TempDir(), "tunnels.pcap")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	fields := []string{"ip.src", "ip.dst", "ip.proto", "ip.checksum.status", "gre.proto", "gre.key", "gre.checksum.status", "gre.sequence_number", "ipv6.src"}
	args := []string{"-r", name, "-o", "ip.check_checksum:TRUE", "-T", "fields", "-E", "separator=|"}
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	out, err := exec.Command(tshark, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(frames) {
		t.Fatalf("tshark has %d packets of %d", len(lines), len(frames))
	}
	for i, line := range lines {
		got := strings.Split(line, "|")
		for j, want := range frames[i].want {
			if prefix, more := strings.CutSuffix(want, "*"); got[j] != want && !(more && strings.HasPrefix(got[j], prefix)) {
				t.Errorf("%x: %s: tshark %q, want %q", frames[i].bytes, fields[j], got[j], want)
			}
		}
	}
	t.Logf("%d packets, %d values compared", len(frames), len(frames)*len(fields))
}
