// Mipdump prints the messages of Mobile IPv4: registrations, all others of UDP port 434,
// and with -icmp those of agent discovery.
//
//	mipdump [-json | -summary] [-icmp] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]]
//	        [-leg mn-ha|mn-fa|fa-ha] [-profile draft06|rfc5454] [-edition rfc5944|rfc3344]
//	        [-mobile-foreign unknown|shared|none] [-foreign-home unknown|shared|none]
//	        [-proxies unknown|served|none] [-secured unknown|served|none] [-inform unknown|served|none]
//	        [-simultaneous-bindings unknown|served|none] [-nai NAI] [-home ADDRESS] [FILE ...]
//
// It reads hex, from the files or from standard input, and prints a readable
// tree, with -summary a line a message, or with -json one JSON object a line. The UDP
// payloads of a capture reach it through a pipe:
//
//	tshark -r x.pcap -Y udp.port==434 -T fields -e frame.time_epoch -e ip.src -e ip.dst -e udp.payload | mipdump
//
// With -icmp it reads agent advertisements and solicitations, which are ICMP messages of
// the types 9 and 10:
//
//	tshark -r x.pcap --disable-protocol icmp -Y 'ip.proto==1 && (data.data[0]==09 || data.data[0]==0a)' \
//	        -T fields -e frame.time_epoch -e ip.src -e ip.dst -e data.data | mipdump -icmp
//
// A line is a packet; spaces and colons between the digits do not count, and a
// comma separates packets. Columns in front of the payload, as above and in that
// order, are shown; each may be left out. What follows a # is a comment. Where the
// first line with digits of a paragraph also has a comment, and no comma, the whole
// paragraph is one packet: that is how annotated .hex files are written. A directory,
// or DIR/..., stands for the .hex files below it.
//
// With -key, which may be repeated, authentication extensions are verified, the
// first sixteen of a packet: valid, and by which key, counted from 1, invalid, or unknown
// when no key fits. The key is given as hex=, as base64= or, at the end, as ascii=.
// The algorithms are hmac-md5, hmac-sha1, hmac-sha256, md5-prefix-suffix,
// md5-prefix-suffix-2002 and chap. The part ext limits a key to one kind of
// extension.
//
// With -leg every message is also judged by the rules of that hop, in the direction in
// which it travels, and of the profile, draft06 unless it is given; an answer with the newest
// message before it that it names: a reply, as most answers, with the one of its kind that
// has the low half of its Identification, and a Revocation Acknowledgment with the revocation
// of its Home Address and Revocation Identifier. A type that travels in both directions, as a
// revocation, is judged in the one in which it breaks less, and one that travels between two
// foreign agents or routers as it travels there. What is wrong is listed with the section that
// was broken, what that breaks, and the reaction of each role concerned. What is known of the
// associations can be told, and whether the home agent serves the proxies of RFC 5563 and
// supports simultaneous bindings, whether something else than an authenticator secures
// revocations, and whether their I bit was negotiated (RFC 3543). What does not fit its layout
// is listed of every message, also without a leg.
//
// A reply whose request has gone by shows what came of the IPv6 prefixes that were asked
// for, as the profile has it. Only what stands in front of the reply's first Mobile-Home
// Authentication extension counts: with keys, when one of them verifies it; without
// keys it is assumed to be right.
//
// With -nai and -home only the messages of that mobile node are printed.
//
// # JSON
//
// An object has file, when several are read; line, where the packet begins; time, source and destination, where
// there are columns; message, the name of its type, and type; the fields of the fixed
// part; extensions, except of tunnelData and experimental, which have none that can be
// walked; outcomes, of a reply whose request has gone by; and faults, unless there are
// none. Of a packet that cannot be read to its end error, source, offset and, where there
// is one, stoppedAtType, the type of what reading stopped at, follow what could be read:
// of a message of agent discovery also what stands behind a wrong checksum.
//
// Fields are in the order of the wire, by their names in the RFC's figure in camelCase.
// Addresses and prefixes are text, cookies and tokens hex digits, an Identification 16 of
// them. A number that has words, as every code, is followed by these: code by codeText, md
// by mdText. Reserved bits are there when one of them is set. A flag of which the figure
// has only the letter is a bool by that letter, but the flags of a request are the letters
// of those that are set, as one text. The messages and the fields of their fixed parts are:
//
//	registrationRequest                type 1: flags lifetime homeAddress homeAgent careOfAddress
//	                                   identification
//	registrationReply                  type 3: code codeText lifetime homeAddress homeAgent
//	                                   identification; with Code 133, and if its request has gone
//	                                   by, clockDifference: the seconds by which the home agent's
//	                                   clock is ahead
//	tunnelData                         type 4: nextHeader nextHeaderText reserved payload; of an
//	                                   IPv4 or IPv6 packet also inner, an object: protocol (the
//	                                   number in its header) source destination
//	registrationRevocation             type 7: a i reserved homeAddress homeDomainAddress
//	                                   foreignDomainAddress revocationIdentifier
//	revocationAcknowledgment           type 15: i reserved homeAddress revocationIdentifier
//	handoffRequest                     type 16: h n r m g t b reserved lifetime reserved2
//	                                   mnHomeAddress haAddress identification
//	handoffReply                       type 17: h n r m g t b reserved code codeText lifetime
//	                                   reserved2 mnHomeAddress haAddress identification
//	regionalRegistrationRequest        type 18: flags lifetime homeAddress gfaIPAddress
//	                                   careOfAddress identification
//	regionalRegistrationReply          type 19: code codeText lifetime homeAddress gfaIPAddress
//	                                   identification
//	fastBindingUpdate                  type 20: flags reserved lifetime homeAddress homeAgent
//	                                   careOfAddress identification
//	fastBindingAck                     type 21: code codeText reserved lifetime homeAddress
//	                                   homeAgent identification
//	genericNotification                type 22: md mdText a reserved homeAddress
//	                                   homeAgentAddress careOfAddress identification
//	genericNotificationAcknowledgment  type 23: md mdText code codeText reserved homeAddress
//	                                   homeAgentAddress careOfAddress identification
//	homeTestInit                       type 24: reserved homeInitCookie
//	careOfTestInit                     type 25: reserved careOfInitCookie
//	homeTest                           type 26: reserved nonceIndex homeInitCookie homeKeygenToken
//	careOfTest                         type 27: reserved nonceIndex careOfInitCookie
//	                                   careOfKeygenToken
//	experimental                       type 255: opaque
//	agentAdvertisement                 ICMP type 9: code codeText checksum numAddrs addrEntrySize
//	                                   lifetime routerAddresses, an array of objects: address
//	                                   preferenceLevel
//	agentSolicitation                  ICMP type 10: code checksum reserved
//
// An extension has offset, from the message's first byte; type; subType, where it has
// one; name, unknown for what is not registered; size, in bytes on the wire; body, in
// hex; fields, where its kind has some and it fits their layout; and, where keys were
// given, of an authentication extension, verdict: valid, invalid or unknown, and key, the
// number of the key that verified.
//
// The fields of an extension are named and printed like those of a message. Of bytes a NAI,
// an IMSI of 3GPP2, a message or the name of a service is text; a MAC address has colons;
// others are hex digits. A prefix of two fields, prefixLength and prefix, comes once more
// as cidr, unless it has too many bits. The fields of each type,
// and sub-type where it matters, are
//
//	32 33 34 36  spi authenticator
//	37 38        vendorOrgID vendorCVSEType vendorCVSEValue
//	40 42        mobileNodeSPI
//	41           lifetime aaaSPI faSPI algorithmIdentifier algorithmIdentifierText
//	             keyGenerationNonce
//	43           lifetime aaaSPI haSPI algorithmIdentifier algorithmIdentifierText
//	             replayMethod replayMethodText keyGenerationNonce
//	44           replyCode replyCodeText f keepaliveInterval
//	45           status statusText
//	46           gfaIPAddress
//	47           method methodText
//	48           keyIdentifier
//	49/1         o n s code codeText
//	49/2         homeNonceIndex careOfNonceIndex authenticator
//	49/3         careOfAddress, an array
//	50           informationStructures, an array of objects: m info mobileRouterHoA, or d
//	             m plen prefix cidr realm
//	129          mnToHATraversalAddress haToMNTraversalAddress
//	131          identifier
//	132          value
//	133 134      vendorOrgID vendorNVSEType vendorNVSEValue
//	136          nai
//	137          i timestamp
//	138/1 138/2  imsi
//	138/3 138/4  mac
//	138/5 138/7  ipv4Address
//	138/6        apID
//	139          haAddress
//	140          faIPAddress
//	141          replayProtectionStyle replayProtectionStyleText initialIdentification
//	142          regionalRegistrationLifetime
//	144          f r encapsulation
//	145          text
//	147/1        identifier
//	147/2 147/3  idType idTypeText identifier
//	147/4        techType techTypeText
//	148/0        prefixLength prefix cidr
//	148/1 148/2  code codeText prefixLength prefix cidr
//	151          identifier
//	152/1        prefixLength prefix cidr
//	152/2        code codeText prefixLength prefix cidr
//	153          a r s o optionalMobileRouterHoA
//	154/1        ifATT ifLabel bindingID b o
//	154/2        action actionText bidList, an array; tsFormat tsFormatText
//	             trafficSelector
//
// and in messages of agent discovery, where types are numbered anew,
//
//	16           sequenceNumber registrationLifetime flags careOfAddresses, an array
//	19           prefixLengths, an array
//	24           challenge
//	127 255      opaque
//	134          vendorOrgID vendorNVSEType vendorNVSEValue
//	136          nai
//	140          lla
//
// An outcome, of which there is one for each IPv6 Prefix Request in their order, has asked,
// the prefix; accepted; and, when that is true, code, the Code of the prefix reply; prefix,
// what was granted; and tunnel: homeAddress, careOfAddress, native on the foreign agent's
// link, or unspecified for a Code without a tunnel.
//
// A fault has offset, fault, source, breaks (must, should, unclear or caller) and
// reaction: homeAgent, foreignAgent and mobileNode, as far as they are concerned.
//
// # Exit status
//
// 0 when every packet was read, 1 when some were not (the rest is still printed), 2
// for a wrong usage or a file that cannot be read.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// The exit statuses.
const (
	exitParsed  = 0
	exitRefused = 1
	exitUsage   = 2
)

// dumper is what a run remembers.
type dumper struct {
	judge   hop
	file    string // that is read; "" when there is no other
	icmp    bool   // the input is messages of agent discovery
	keys    []key
	wants   filter
	asked   asked
	plans   plans
	kinds   map[ext.Kind]names
	names   map[string]string // in camelCase
	message message           // the one that is printed
	line    []byte            // its text
}

func newDumper() *dumper {
	return &dumper{judge: hop{Profile: dsmip.Draft06}, plans: plans{}, kinds: map[ext.Kind]names{}, names: map[string]string{}}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	flags := flag.NewFlagSet("mipdump", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong may be a key
	usage := func() {
		flags.SetOutput(stdout)
		fmt.Fprintln(stdout, "usage: mipdump [flags] [FILE ...]")
		flags.PrintDefaults()
	}
	d := newDumper()
	asJSON := flags.Bool("json", false, "print one JSON object a line")
	asSummary := flags.Bool("summary", false, "print a line a message")
	flags.BoolVar(&d.icmp, "icmp", false, "read agent advertisements and solicitations: ICMP messages, without their IP header")
	var words keyWords
	flags.Var(&words, "key", "verify with this `association`, spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]; may be repeated")
	flags.Func("leg", "judge by the rules of this `hop`, in either direction: mn-ha, mn-fa or fa-ha", d.judge.setLeg)
	flags.Func("profile", "judge by this `text`: draft06, which is the default, or rfc5454", d.judge.setProfile)
	flags.Func("edition", "judge by this `text`: rfc5944, which is the default, or rfc3344", d.judge.setEdition)
	flags.Func("mobile-foreign", "what is `known` of the association of mobile node and foreign agent: unknown, shared or none", knowledge(&d.judge.MobileForeign, "shared"))
	flags.Func("foreign-home", "what is `known` of the association of foreign agent and home agent: unknown, shared or none", knowledge(&d.judge.ForeignHome, "shared"))
	flags.Func("proxies", "what is `known` of proxies that authenticate themselves: unknown, served or none", knowledge(&d.judge.Proxies, "served"))
	flags.Func("secured", "whether something else, IPsec say, is `known` to protect a revocation: unknown, served or none", knowledge(&d.judge.Secured, "served"))
	flags.Func("inform", "whether the I bit of revocations is `known` to be negotiated: unknown, served or none", knowledge(&d.judge.Inform, "served"))
	flags.Func("simultaneous-bindings", "whether the home agent is `known` to support them: unknown, served or none", knowledge(&d.judge.SimultaneousBindings, "served"))
	flags.StringVar(&d.wants.nai, "nai", "", "print only the messages of the mobile node with this `NAI`")
	flags.Func("home", "print only the messages of the mobile node with this home `address`", d.wants.setHome)
	names, err := parse(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		usage()
		return exitParsed
	case err == nil && *asJSON && *asSummary:
		err = errors.New("-json and -summary exclude each other")
	}
	if err == nil {
		d.keys, err = parseKeys(words)
	}
	if err != nil {
		fmt.Fprintln(stderr, "mipdump:", err)
		return exitUsage
	}
	files, err := expand(names)
	if err != nil {
		fmt.Fprintln(stderr, "mipdump:", unread(err))
		status = exitUsage
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	defer func() {
		if err := out.Flush(); err != nil && status != exitUsage { // which was told then
			fmt.Fprintln(stderr, "mipdump:", unread(err))
			status = exitUsage
		}
	}()
	write := appendTree
	switch {
	case *asJSON:
		write = appendJSON
	case *asSummary:
		write = appendSummary
	}
	dump := func(r io.Reader) error {
		in := newPackets(r)
		if head, _ := in.r.Peek(4); captured(head) {
			return captureError(d.icmp)
		}
		for {
			// Somebody may be watching a live capture: what is there is shown
			// before waiting for more.
			if in.r.Buffered() == 0 {
				if err := out.Flush(); err != nil {
					return err
				}
			}
			p, err := in.next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			m := d.read(p)
			if m.refused != nil && status == exitParsed {
				status = exitRefused
			}
			if !d.wants.wants(m) {
				continue
			}
			d.line = write(d.line[:0], m)
			if _, err := out.Write(d.line); err != nil {
				return err
			}
		}
	}
	if len(names) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if len(files) > 1 {
			d.file = printable(name)
		}
		if err := open(name, stdin, dump); err != nil {
			fmt.Fprintln(stderr, "mipdump:", unread(err))
			status = exitUsage
		}
	}
	return status
}

// parse reads the flags, which may stand behind file names, and returns the
// names.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	var names []string
	for rest := args; ; rest = rest[1:] {
		err := flags.Parse(rest)
		read := rest[:len(rest)-flags.NArg()]
		if rest = flags.Args(); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			// Never what it is: it may hold a key.
			return nil, fmt.Errorf("the flag at argument %d is not understood; -h lists the flags", max(1, len(args)-len(rest)))
		}
		if len(read) > 0 && read[len(read)-1] == "--" {
			return append(names, rest...), nil
		}
		if len(rest) == 0 {
			return names, nil
		}
		names = append(names, rest[0])
	}
}

// printable returns a name as it is, or quoted when it could do something to a terminal.
func printable(name string) string {
	if q := strconv.Quote(name); q[1:len(q)-1] != name {
		return q
	}
	return name
}

// unread says why a file could not be read. Its name is quoted, and only where it
// cannot be a key in the wrong place: that has neither dot nor slash.
func unread(err error) string {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err.Error()
	}
	name := strconv.Quote(p.Path)
	if !strings.ContainsAny(name, "./") || strings.ContainsAny(name, "=:") {
		name = "a file"
	}
	return p.Op + " " + name + ": " + p.Err.Error()
}

// open calls f with the named file, or with standard input for "-".
func open(name string, stdin io.Reader, f func(io.Reader) error) error {
	if name == "-" {
		return f(stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return f(file)
}
