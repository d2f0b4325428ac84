package main

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// pdmlField is a field of tshark's PDML: where it stands in the frame, and its
// bytes as hex.
type pdmlField struct {
	Name   string      `xml:"name,attr"`
	Pos    int         `xml:"pos,attr"`
	Size   int         `xml:"size,attr"`
	Show   string      `xml:"show,attr"`
	Value  string      `xml:"value,attr"`
	Fields []pdmlField `xml:"field"`
}

type pdml struct {
	Packets []struct {
		Protos []pdmlField `xml:"proto"`
	} `xml:"packet"`
}

// The sizes of an IPv4 header without options and of a UDP header.
const (
	ipLength  = 20
	udpLength = 8
)

// TestTshark compares mipdump with tshark on every packet of the golden files
// and the captures, field by field, as far as tshark dissects them.
func TestTshark(t *testing.T) {
	var payloads [][]byte
	goldens(t, "valid", func(t *testing.T, b, _ []byte, _ expectation) {
		if dissected(b[0]) {
			payloads = append(payloads, b)
		}
	})
	captures, _ := filepath.Glob("../../../shared/captures/*.hex")
	for _, name := range captures {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for in := newPackets(f); ; {
			p, err := in.next()
			if err != nil {
				break
			}
			payloads = append(payloads, bytes.Clone(p.bytes))
		}
		f.Close()
	}
	compared, types := 0, map[byte]bool{}
	for i, protos := range dissect(t, pcap(17, payloads)) {
		seen := false
		m := newDumper().read(packet{bytes: payloads[i]})
		for _, proto := range protos {
			switch proto.Name {
			case "mip":
				seen, types[payloads[i][0]] = true, true
				compared += compareTshark(t, proto, payloads[i], m)
			case "ipv6":
				compared += compareInner(t, proto, m)
			}
		}
		if !seen {
			t.Errorf("%x: tshark sees no Mobile IP", payloads[i])
		}
	}
	t.Logf("%d packets, %d values compared", len(payloads), compared)
	if compared < 10*len(payloads) || len(types) != 5 {
		t.Errorf("hardly anything was compared: %d values, types %v", compared, types)
	}
}

// dissected reports whether tshark 4.0 dissects a message type.
func dissected(number byte) bool {
	switch mipv4.MessageType(number) {
	case mipv4.TypeRequest, mipv4.TypeReply, mipv4.TypeTunnelData, mipv4.TypeRevocation, mipv4.TypeRevocationAcknowledgment:
		return true
	}
	return false
}

// TestTsharkDiscovery compares the messages of agent discovery.
func TestTsharkDiscovery(t *testing.T) {
	var payloads [][]byte
	goldens(t, "icmp", func(t *testing.T, b, _ []byte, _ expectation) { payloads = append(payloads, b) })
	compared := 0
	for i, protos := range dissect(t, pcap(1, payloads)) {
		for _, proto := range protos {
			if proto.Name == "icmp" {
				compared += compareDiscovery(t, proto, payloads[i])
			}
		}
	}
	t.Logf("%d packets, %d values compared", len(payloads), compared)
	if compared < 10*len(payloads) {
		t.Error("hardly anything was compared")
	}
}

// dissect returns what tshark makes of the packets of a capture file.
func dissect(t *testing.T, capture []byte) (packets [][]pdmlField) {
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("tshark is not installed")
		}
		t.Skip("tshark is not installed")
	}
	name := filepath.Join(t.TempDir(), "golden.pcap")
	if err := os.WriteFile(name, capture, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tshark, "-r", name, "-T", "pdml").Output()
	if err != nil {
		t.Fatal(err)
	}
	var frames pdml
	if err := xml.Unmarshal(out, &frames); err != nil {
		t.Fatal(err)
	}
	for _, p := range frames.Packets {
		packets = append(packets, p.Protos)
	}
	return packets
}

// pcap wraps payloads of UDP (17) or of IP in a capture file of link type 228, raw
// IPv4.
func pcap(protocol byte, payloads [][]byte) []byte {
	le, be := binary.LittleEndian, binary.BigEndian
	b := le.AppendUint32(nil, 0xa1b2c3d4)
	b = le.AppendUint16(b, 2)
	b = le.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = le.AppendUint32(b, 65535)
	b = le.AppendUint32(b, 228)
	for _, p := range payloads {
		if protocol == 17 {
			head := be.AppendUint16(be.AppendUint16(nil, 434), 434)
			head = be.AppendUint16(be.AppendUint16(head, uint16(udpLength+len(p))), 0)
			p = append(head, p...)
		}
		n := ipLength + len(p)
		b = append(b, make([]byte, 8)...)
		b = le.AppendUint32(le.AppendUint32(b, uint32(n)), uint32(n))
		b = append(b, 0x45, 0)
		b = be.AppendUint16(b, uint16(n))
		b = append(b, 0, 0, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2)
		b = append(b, p...)
	}
	return b
}

// printed is what mipdump prints of a field of some, "" where there is none.
func printed(all []field, name string) string {
	for i := range all {
		if all[i].name == name {
			return strings.Trim(string(appendValue(nil, &all[i])), `"`)
		}
	}
	return ""
}

// tsharkNames are the names of fields of fixed parts, where tshark shows the values as
// mipdump does.
var tsharkNames = map[string]string{
	"mip.life": "lifetime", "mip.homeaddr": "homeAddress", "mip.haaddr": "homeAgent", "mip.coa": "careOfAddress", "mip.code": "code",
	"mip.rev.hda": "homeDomainAddress", "mip.rev.fda": "foreignDomainAddress", "mip.revid": "revocationIdentifier",
	"mip.nattt.nexthdr": "nextHeader",
	"icmp.code":         "code", "icmp.num_addrs": "numAddrs", "icmp.addr_entry_size": "addrEntrySize", "icmp.lifetime": "lifetime",
}

// compareTshark compares one packet and returns how many values were compared.
func compareTshark(t *testing.T, proto pdmlField, b []byte, m *message) int {
	if m.refused != nil {
		t.Errorf("%x: %v", b, m.refused.fault)
		return 0
	}
	n := 0
	same := func(what string, got, want any) {
		n++
		if got != want {
			t.Errorf("%x: %s: mipdump %v, tshark %v", b, what, got, want)
		}
	}
	reserved, bits := uint64(0), map[string]uint{"mip.rev.reserved": 16, "mip.ack.reserved": 16, "mip.rev.reserved2": 0, "mip.ack.reserved2": 0, "mip.nattt.reserved": 0}
	i := 0
	// Flags of two octets have fields of their own inside.
	var fields []pdmlField
	for _, f := range proto.Fields {
		fields = append(fields, f)
		if f.Name == "mip.flags2" {
			fields = append(fields, f.Fields...)
		}
	}
	for _, f := range fields {
		if name, ok := tsharkNames[f.Name]; ok {
			same(name, printed(m.fields, name), f.Show)
			continue
		}
		if shift, ok := bits[f.Name]; ok {
			value, _ := strconv.ParseUint(strings.TrimPrefix(f.Show, "0x"), 16, 16)
			reserved |= value << shift
			continue
		}
		switch f.Name {
		case "mip.type":
			same("type", strconv.Itoa(int(m.number)), f.Show)
		case "mip.flags":
			flags, _ := strconv.ParseUint(f.Value, 16, 8)
			same("flags", printed(m.fields, "flags"), mipv4.Flags(flags).String())
		case "mip.rev.a", "mip.rev.i", "mip.ack.i":
			same(f.Name, printed(m.fields, f.Name[len(f.Name)-1:]), strconv.FormatBool(f.Show == "1"))
		case "mip.ident":
			same("identification", printed(m.fields, "identification"), f.Value)
		case "":
			for _, x := range f.Fields {
				if i == len(m.extensions) {
					t.Errorf("%x: tshark sees more extensions", b)
					return n
				}
				e := m.extensions[i]
				if misread(e) {
					return n
				}
				i++
				same("offset", e.offset, x.Pos-ipLength-udpLength)
				same("size", e.size, x.Size)
				for _, y := range flat(x.Fields) {
					if name, ok := tsharkFields[y.Name]; ok && y.Size > 0 && len(e.fields) > 0 {
						same(y.Name, printed(e.fields, name), tsharkText(y))
					}
					switch y.Name {
					case "mip.ext.type":
						same("extension type", strconv.Itoa(int(e.number)), y.Show)
					case "mip.auth.spi":
						spi, _ := strconv.ParseUint(y.Value, 16, 32)
						same("SPI", e.fields[0].number, spi)
					case "mip.auth.auth":
						same("authenticator", printed(e.fields, "authenticator"), y.Value)
					case "mip.nai":
						same("NAI", hex.EncodeToString(e.body), y.Value)
					case "mip.ext.mne.subtype", "mip.ext.utrq.subtype", "mip.ext.utrp.subtype":
						same("sub-type", strconv.Itoa(int(e.subType)), y.Show)
					}
				}
			}
		}
	}
	if of := printed(m.fields, "reserved"); of != "" || reserved != 0 {
		same("reserved", of, strconv.FormatUint(reserved, 10))
	}
	if i < len(m.extensions) && !misread(m.extensions[i]) {
		t.Errorf("%x: tshark sees %d extensions of %d", b, i, len(m.extensions))
	}
	return n
}

// tsharkFields are the fields that tshark dissects of the bodies, and what mipdump calls
// them.
var tsharkFields = map[string]string{
	"mip.ext.utrq.f":                              "f",
	"mip.ext.utrq.r":                              "r",
	"mip.ext.utrq.encaptype":                      "encapsulation",
	"mip.ext.utrp.code":                           "replyCode",
	"mip.ext.utrp.f":                              "f",
	"mip.ext.utrp.keepalive":                      "keepaliveInterval",
	"mip.ext.rev.i":                               "i",
	"mip.ext.rev.tstamp":                          "timestamp",
	"mip.ext.mne.code":                            "code",
	"mip.ext.mne.prefix_length":                   "prefixLength",
	"mip.ext.mne.prefix":                          "prefix",
	"mip.ext.dynha.ha":                            "haAddress",
	"mip.ext.cvse.vendor_id":                      "vendorOrgID",
	"mip.ext.cvse.verizon_type":                   "vendorCVSEType",
	"mip.ext.cvse.vendor_type":                    "vendorCVSEType",
	"mip.ext.cvse.vendor_value":                   "vendorCVSEValue",
	"mip.ext.nvse.vendor_id":                      "vendorOrgID",
	"mip.ext.nvse.vendor_type":                    "vendorNVSEType",
	"mip.ext.nvse.3gpp2.type":                     "vendorNVSEType",
	"mip.ext.nvse.vendor_value":                   "vendorNVSEValue",
	"mip.ext.pmipv4nonskipext.pernodeauthmethod":  "method",
	"mip.ext.pmipv4skipext.interfaceid":           "identifier",
	"mip.ext.pmipv4skipext.deviceid_type":         "idType",
	"mip.ext.pmipv4skipext.deviceid_id":           "identifier",
	"mip.ext.pmipv4skipext.subscriberid_type":     "idType",
	"mip.ext.pmipv4skipext.subscriberid_id":       "identifier",
	"mip.ext.pmipv4skipext.accesstechnology_type": "techType",
}

// flat lists fields with those inside of them.
func flat(fields []pdmlField) []pdmlField {
	var all []pdmlField
	for _, f := range fields {
		all = append(append(all, f), flat(f.Fields)...)
	}
	return all
}

// tsharkText is what tshark shows of a field, in the words of mipdump: its bytes where they
// are no number, flag or address.
func tsharkText(f pdmlField) string {
	switch f.Name {
	case "mip.ext.utrq.f", "mip.ext.utrq.r", "mip.ext.utrp.f", "mip.ext.rev.i":
		return strconv.FormatBool(f.Show == "1" || f.Show == "True")
	case "mip.ext.cvse.vendor_value", "mip.ext.nvse.vendor_value", "mip.ext.pmipv4skipext.interfaceid",
		"mip.ext.pmipv4skipext.deviceid_id", "mip.ext.pmipv4skipext.subscriberid_id":
		return f.Value
	}
	if n, err := strconv.ParseUint(f.Show, 0, 32); err == nil {
		return strconv.FormatUint(n, 10) // "0x0010" as well
	}
	return f.Show
}

// compareInner compares the packet in Tunnel Data.
func compareInner(t *testing.T, proto pdmlField, m *message) int {
	inner := m.field("inner")
	if inner == nil {
		t.Fatalf("no inner packet in %v", m.fields)
	}
	n := 0
	for _, f := range proto.Fields {
		if name := map[string]string{"ipv6.nxt": "protocol", "ipv6.src": "source", "ipv6.dst": "destination"}[f.Name]; name != "" {
			n++
			if got := printed(inner.list, name); got != f.Show {
				t.Errorf("inner %s: mipdump %s, tshark %s", name, got, f.Show)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d values of the inner packet were compared", n)
	}
	return n
}

// compareDiscovery compares one message of agent discovery. What tshark 4.0 takes for the
// contents of other extensions than those of RFC 5944 and 4721 begins at the wrong place,
// and it does not go on behind type 127 or read longer address entries.
func compareDiscovery(t *testing.T, proto pdmlField, b []byte) int {
	d := newDumper()
	d.icmp = true
	m := d.read(packet{bytes: b})
	if m.refused != nil {
		t.Errorf("%x: %v", b, m.refused.fault)
		return 0
	}
	n := 0
	same := func(what string, got, want any) {
		n++
		if got != want {
			t.Errorf("%x: %s: mipdump %v, tshark %v", b, what, got, want)
		}
	}
	list := func(all []field, name string) []field {
		for _, f := range all {
			if f.name == name {
				return f.list
			}
		}
		return nil
	}
	addresses, preferences, i := 0, 0, 0
	for _, f := range proto.Fields {
		if name, ok := tsharkNames[f.Name]; ok {
			same(name, printed(m.fields, name), f.Show)
			continue
		}
		switch f.Name {
		case "icmp.type":
			same("type", strconv.Itoa(int(m.number)), f.Show)
		case "icmp.checksum":
			checksum, _ := strconv.ParseUint(f.Value, 16, 16)
			same("checksum", printed(m.fields, "checksum"), strconv.FormatUint(checksum, 10))
		case "icmp.checksum.status":
			same("checksum status", "1", f.Show) // good
		case "icmp.router_address":
			same("router address", printed(list(m.fields, "routerAddresses")[addresses].list, "address"), f.Show)
			addresses++
		case "icmp.pref_level":
			same("preference level", printed(list(m.fields, "routerAddresses")[preferences].list, "preferenceLevel"), f.Show)
			preferences++
		case "":
			e := m.extensions[i]
			if i++; e.number == 127 {
				return n
			}
			same("offset", e.offset, f.Pos-ipLength)
			careOf, lengths := list(e.fields, "careOfAddresses"), list(e.fields, "prefixLengths")
			for _, y := range f.Fields {
				switch y.Name {
				case "icmp.mip.type":
					same("extension type", strconv.Itoa(int(e.number)), y.Show)
				case "icmp.mip.length":
					same("size", strconv.Itoa(e.size-2), y.Show)
				case "icmp.mip.seq":
					same("sequence number", printed(e.fields, "sequenceNumber"), y.Show)
				case "icmp.mip.life":
					same("registration lifetime", printed(e.fields, "registrationLifetime"), y.Show)
				case "icmp.mip.flags":
					flags, _ := strconv.ParseUint(y.Value, 16, 16)
					letters := ""
					for j, letter := range "RBHFMGrTUXI" {
						if flags&(0x8000>>j) != 0 {
							letters += string(letter)
						}
					}
					same("flags", printed(e.fields, "flags"), letters)
				case "icmp.mip.coa":
					same("care-of address", strings.Trim(string(appendValue(nil, &careOf[0])), `"`), y.Show)
					careOf = careOf[1:]
				case "icmp.mip.prefixlength":
					same("prefix length", string(appendValue(nil, &lengths[0])), y.Show)
					lengths = lengths[1:]
				case "icmp.mip.challenge":
					same("challenge", printed(e.fields, "challenge"), y.Value)
				}
			}
		}
	}
	return n
}

// misread reports whether tshark 4.0 walks an extension otherwise than its RFC:
// it takes a padding for a TLV, looks for the Length of types 37, 40-43, 48,
// 50, 127, 139 (as RFC 4433 draws it) and 154 at the wrong place, and loses
// what follows.
func misread(e extension) bool {
	switch e.number {
	case 0, 37, 40, 41, 42, 43, 48, 50, 127, 154:
		return true
	}
	return e.kind.Type() == ext.KindRequestedHA.Type() && e.size == 8
}
