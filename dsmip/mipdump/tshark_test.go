package main

import (
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

// headersLength is what an IPv4 header without options and a UDP header take.
const headersLength = 20 + 8

// TestTshark compares mipdump with tshark on every packet of the golden files
// and the captures, field by field, as far as tshark dissects them.
func TestTshark(t *testing.T) {
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("tshark is not installed")
		}
		t.Skip("tshark is not installed")
	}
	var payloads [][]byte
	goldens(t, "valid", func(t *testing.T, b, _ []byte, _ expectation) { payloads = append(payloads, b) })
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
			payloads = append(payloads, p.bytes)
		}
		f.Close()
	}
	capture := filepath.Join(t.TempDir(), "golden.pcap")
	if err := os.WriteFile(capture, pcap(payloads), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tshark, "-r", capture, "-T", "pdml").Output()
	if err != nil {
		t.Fatal(err)
	}
	var frames pdml
	if err := xml.Unmarshal(out, &frames); err != nil {
		t.Fatal(err)
	}
	if len(frames.Packets) != len(payloads) {
		t.Fatalf("tshark has %d packets of %d", len(frames.Packets), len(payloads))
	}
	compared := 0
	for i, p := range frames.Packets {
		seen := false
		for _, proto := range p.Protos {
			if proto.Name == "mip" {
				seen = true
				compared += compareTshark(t, proto, payloads[i])
			}
		}
		if !seen {
			t.Errorf("%x: tshark sees no Mobile IP", payloads[i])
		}
	}
	t.Logf("%d packets, %d values compared", len(payloads), compared)
	if compared < 10*len(payloads) {
		t.Error("hardly anything was compared")
	}
}

// pcap wraps UDP payloads in a capture file of link type 228, raw IPv4.
func pcap(payloads [][]byte) []byte {
	le, be := binary.LittleEndian, binary.BigEndian
	b := le.AppendUint32(nil, 0xa1b2c3d4)
	b = le.AppendUint16(b, 2)
	b = le.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = le.AppendUint32(b, 65535)
	b = le.AppendUint32(b, 228)
	for _, p := range payloads {
		n := headersLength + len(p)
		b = append(b, make([]byte, 8)...)
		b = le.AppendUint32(le.AppendUint32(b, uint32(n)), uint32(n))
		b = append(b, 0x45, 0)
		b = be.AppendUint16(b, uint16(n))
		b = append(b, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2)
		b = be.AppendUint16(be.AppendUint16(b, 434), 434)
		b = be.AppendUint16(be.AppendUint16(b, uint16(n-20)), 0)
		b = append(b, p...)
	}
	return b
}

// compareTshark compares one packet and returns how many values were compared.
func compareTshark(t *testing.T, proto pdmlField, b []byte) int {
	d := dumper{names: map[string]string{}}
	m := d.read(packet{bytes: b})
	if m.refused != nil {
		t.Errorf("%x: %v", b, m.refused.fault)
		return 0
	}
	of := func(name string) string {
		for _, f := range m.fields {
			if f.name == name {
				return strings.Trim(string(appendValue(nil, f.value)), `"`)
			}
		}
		return ""
	}
	n := 0
	same := func(what string, got, want any) {
		n++
		if got != want {
			t.Errorf("%x: %s: mipdump %v, tshark %v", b, what, got, want)
		}
	}
	i := 0
	for _, f := range proto.Fields {
		switch f.Name {
		case "mip.type":
			same("type", strconv.Itoa(int(m.number)), f.Show)
		case "mip.flags":
			flags, _ := strconv.ParseUint(f.Value, 16, 8)
			same("flags", of("flags"), mipv4.Flags(flags).String())
		case "mip.life":
			same("lifetime", of("lifetime"), f.Show)
		case "mip.homeaddr":
			same("home address", of("homeAddress"), f.Show)
		case "mip.haaddr":
			same("home agent", of("homeAgent"), f.Show)
		case "mip.coa":
			same("care-of address", of("careOfAddress"), f.Show)
		case "mip.ident":
			same("identification", of("identification"), f.Value)
		case "mip.code":
			same("code", of("code"), f.Show)
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
				same("offset", e.offset, x.Pos-headersLength)
				same("size", e.size, x.Size)
				for _, y := range flat(x.Fields) {
					if got, ok := fieldText(e, tsharkFields[y.Name]); ok && y.Size > 0 {
						same(y.Name, got, tsharkText(y))
					}
					switch y.Name {
					case "mip.ext.type":
						same("extension type", strconv.Itoa(int(e.kind.Type())), y.Show)
					case "mip.auth.spi":
						spi, _ := strconv.ParseUint(y.Value, 16, 32)
						same("SPI", e.fields[0].value, any(spi))
					case "mip.auth.auth":
						same("authenticator", hex.EncodeToString(e.fields[1].value.(octets)), y.Value)
					case "mip.nai":
						same("NAI", hex.EncodeToString(e.body), y.Value)
					case "mip.ext.mne.subtype", "mip.ext.utrq.subtype", "mip.ext.utrp.subtype":
						same("sub-type", strconv.Itoa(int(e.kind.SubType())), y.Show)
					}
				}
			}
		}
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

// fieldText is the value of an extension's field as JSON has it, without quotes.
func fieldText(e extension, name string) (string, bool) {
	for _, f := range e.fields {
		if f.name == name {
			return strings.Trim(string(appendValue(nil, f.value)), `"`), true
		}
	}
	return "", false
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

// misread reports whether tshark 4.0 walks an extension otherwise than its RFC:
// it takes a padding for a TLV, looks for the Length of types 37, 40-43, 48,
// 50, 127, 139 (as RFC 4433 draws it) and 154 at the wrong place, and loses
// what follows.
func misread(e extension) bool {
	switch e.kind.Type() {
	case 0, 37, 40, 41, 42, 43, 48, 50, 127, 154:
		return true
	}
	return e.kind.Type() == ext.KindRequestedHA.Type() && e.size == 8
}
