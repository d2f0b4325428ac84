// Mipdump prints Mobile IPv4 registration messages.
//
//	mipdump [-json | -summary] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]]
//	        [-leg mn-ha|mn-fa|fa-ha] [-profile draft06|rfc5454] [-edition rfc5944|rfc3344]
//	        [-mobile-foreign unknown|shared|none] [-foreign-home unknown|shared|none]
//	        [-proxies unknown|served|none] [-nai NAI] [-home ADDRESS] [FILE ...]
//
// It reads hex, from the files or from standard input, and prints a readable
// tree, with -summary a line a message, or with -json one JSON object a line. The UDP
// payloads of a capture reach it through a pipe:
//
//	tshark -r x.pcap -Y udp.port==434 -T fields -e frame.time_epoch -e ip.src -e ip.dst -e udp.payload | mipdump
//
// A line is a packet; spaces and colons between the digits do not count, and a
// comma separates packets. Columns in front of the payload, as above and in that
// order, are shown; each may be left out. What follows a # is a comment. Where the
// first line with digits of a paragraph also has a comment, and no comma, the whole
// paragraph is one packet: that is how annotated .hex files are written. A directory,
// or DIR/..., stands for the .hex files below it.
//
// With -key, which may be repeated, authentication extensions are verified, the
// first sixteen of a packet: valid, and by the how manieth key, invalid, or unknown
// when no key fits. The key is given as hex=, as base64= or, at the end, as ascii=.
// The algorithms are hmac-md5, hmac-sha1, hmac-sha256, md5-prefix-suffix,
// md5-prefix-suffix-2002 and chap. The part ext limits a key to one kind of
// extension.
//
// With -leg every message is also judged by the rules of that hop, in the direction
// in which it travels, and of the profile, draft06 unless it is given; a reply with
// the newest request before it that has the low half of its Identification. What is
// wrong is listed with the section that was broken, what that breaks, and the reaction
// of each role concerned. What is known of the associations, and whether the home agent
// serves the proxies of RFC 5563, can be told.
//
// With -nai and -home only the messages of that mobile node are printed.
//
// # JSON
//
// An object has line, where the packet begins; time, source and destination, where
// there are columns; message, the name of its type, and type; the fields of the fixed
// part by their names in the RFC's figure, in camelCase, addresses as text,
// identification as 16 hex digits, code with its words in codeText, and with Code 133
// clockDifference, the seconds by which the home agent is ahead; extensions; and
// faults, unless there are none. Of a packet that cannot be read to its end error,
// source, offset and, where there is one, stoppedAtType, the type of what reading
// stopped at, follow what could be read.
//
// An extension has offset, from the message's first byte; type; subType, where it has
// one; name, unknown for what is not registered; size, in bytes on the wire; body, in
// hex; fields, by their names in the figure, with a prefix once more as cidr and a code
// once more in codeText; and, where keys were given, of an authentication extension,
// verdict: valid, invalid or unknown, and key, the number of the key that verified.
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
	keys    []key
	wants   filter
	asked   requests
	names   map[string]string // in camelCase
	message message           // the one that is printed
	line    []byte            // its text
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mipdump", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong may be a key
	usage := func() {
		flags.SetOutput(stdout)
		fmt.Fprintln(stdout, "usage: mipdump [-json | -summary] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]] [-leg LEG] [-profile PROFILE] [FILE ...]")
		flags.PrintDefaults()
	}
	d := dumper{judge: hop{Profile: dsmip.Draft06}, names: map[string]string{}}
	asJSON := flags.Bool("json", false, "print one JSON object a line")
	asSummary := flags.Bool("summary", false, "print a line a message")
	var words keyWords
	flags.Var(&words, "key", "verify with this `association`; may be repeated")
	flags.Func("leg", "judge by the rules of this `hop`, in either direction: mn-ha, mn-fa or fa-ha", d.judge.setLeg)
	flags.Func("profile", "judge by this `text`: draft06, which is the default, or rfc5454", d.judge.setProfile)
	flags.Func("edition", "judge by this `text`: rfc5944, which is the default, or rfc3344", d.judge.setEdition)
	flags.Func("mobile-foreign", "what is `known` of the association of mobile node and foreign agent: unknown, shared or none", knowledge(&d.judge.MobileForeign, "shared"))
	flags.Func("foreign-home", "what is `known` of the association of foreign agent and home agent: unknown, shared or none", knowledge(&d.judge.ForeignHome, "shared"))
	flags.Func("proxies", "what is `known` of proxies that authenticate themselves: unknown, served or none", knowledge(&d.judge.Proxies, "served"))
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
	status := exitParsed
	files, err := expand(names)
	if err != nil {
		fmt.Fprintln(stderr, "mipdump:", unread(err))
		status = exitUsage
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	defer out.Flush()
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
			return errCapture
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
