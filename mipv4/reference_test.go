package mipv4_test

// A slow and obvious parser of registration messages, written from the figures
// of RFC 5944 §1.8-1.11, §3.3, §3.4, RFC 3115 §2.1 and RFC 4433 §3.4. It shares
// nothing with the packages under test but the bytes.

type refMessage struct {
	request        bool
	flags, code    int
	lifetime       int
	homeAddress    [4]byte
	homeAgent      [4]byte
	careOfAddress  [4]byte
	identification uint64
	extensions     []refExtension
}

type refExtension struct {
	offset, size int
	typ, subType int // subType is -1 where there is none
	body         []byte
}

func number(b []byte) (n uint64) {
	for _, c := range b {
		n = n*256 + uint64(c)
	}
	return n
}

// refParse returns the message, or where and at which section of which RFC it
// fails.
func refParse(b []byte) (m refMessage, at int, section string) {
	if len(b) > 65535 {
		return m, 65535, "RFC 5944 §3.1"
	}
	var fixed int
	switch {
	case len(b) == 0:
		return m, 0, "RFC 5944 §3.1"
	case b[0] == 1:
		if len(b) < 24 {
			return m, len(b), "RFC 5944 §3.3"
		}
		m.request = true
		m.flags = int(b[1])
		m.lifetime = int(number(b[2:4]))
		copy(m.homeAddress[:], b[4:8])
		copy(m.homeAgent[:], b[8:12])
		copy(m.careOfAddress[:], b[12:16])
		m.identification = number(b[16:24])
		fixed = 24
	case b[0] == 3:
		if len(b) < 20 {
			return m, len(b), "RFC 5944 §3.4"
		}
		m.code = int(b[1])
		m.lifetime = int(number(b[2:4]))
		copy(m.homeAddress[:], b[4:8])
		copy(m.homeAgent[:], b[8:12])
		m.identification = number(b[12:20])
		fixed = 20
	default:
		return m, 0, "RFC 5944 §3.3, §3.4"
	}
	for at := fixed; at < len(b); {
		e, section := refExtend(b[at:])
		if section != "" {
			return m, at, section
		}
		e.offset = at
		at += e.size
		m.extensions = append(m.extensions, e)
	}
	return m, len(b), ""
}

// refExtend reads the extension at the head of b.
func refExtend(b []byte) (e refExtension, section string) {
	e.typ, e.subType = int(b[0]), -1
	short, long, vendor := false, false, false
	switch e.typ {
	case 0:
		e.size = 1
		return e, ""
	case 32, 33, 34, 46:
	case 44, 45, 49, 136, 138, 144, 145, 147, 148, 149, 152, 153, 255:
		short = true
	case 36, 40, 41, 42, 43, 47, 48, 50, 127, 154:
		long = true
	case 37, 38:
		vendor = true
	case 139:
		// Skippable, so its Length is at offset 1, unless it is the figure of
		// RFC 4433, which has it at offset 2.
		if len(b) >= 4 && (b[1] == 1 || b[1] == 2) && number(b[2:4]) == 4 {
			long = true
		} else {
			short = true
		}
	default:
		if e.typ < 128 {
			return e, "RFC 5944 §1.8"
		}
	}
	if len(b) == 1 {
		return e, "RFC 5944 §1.9"
	}
	if long || vendor {
		if len(b) < 4 {
			return e, "RFC 5944 §1.10"
		}
		e.size = 4 + int(number(b[2:4]))
		if e.size > len(b) {
			return e, "RFC 5944 §1.10"
		}
		if long {
			e.subType = int(b[1])
		}
		e.body = b[4:e.size]
		return e, ""
	}
	e.size = 2 + int(b[1])
	if e.size > len(b) {
		return e, "RFC 5944 §1.9"
	}
	e.body = b[2:e.size]
	if short && len(e.body) > 0 {
		e.subType = int(e.body[0])
		e.body = e.body[1:]
	}
	return e, ""
}
