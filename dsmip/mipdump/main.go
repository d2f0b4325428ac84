// Mipdump prints Mobile IPv4 registration messages.
//
//	mipdump [-json] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]]
//	        [-leg mn-ha|mn-fa|fa-ha|ha-fa|ha-mn|fa-mn] [-profile draft06|rfc5454] [FILE ...]
//
// It reads hex, from the files or from standard input, and prints a readable
// tree or, with -json, one JSON object a line. The UDP payloads of a capture
// reach it through a pipe:
//
//	tshark -r x.pcap -Y udp.port==434 -T fields -e udp.payload | mipdump
//
// A line is a packet; spaces and colons between the digits do not count, and a
// comma separates packets. What follows a # is a comment. Where the first line
// with digits of a paragraph also has a comment, and no comma, the whole paragraph is
// one packet: that is how annotated .hex files are written. A directory, or DIR/..., stands
// for the .hex files below it.
//
// With -key, which may be repeated, authentication extensions are verified, the
// first sixteen of a packet: valid, invalid, or unknown when no key fits.
// The algorithms are hmac-md5, hmac-sha1, hmac-sha256, md5-prefix-suffix,
// md5-prefix-suffix-2002 and chap. The part ext limits a key to one kind of
// extension.
//
// With -leg every message is also judged by the rules of its way along that leg,
// and those of the profile, draft06 unless it is given. What is wrong is listed
// with the section that was broken and the reaction of each role concerned.
//
// The exit status is 0 when every packet parsed, 1 when some did not (the rest
// is still printed), 2 for a wrong usage or a file that cannot be read.
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

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mipdump", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong may be a key
	usage := func() {
		flags.SetOutput(stdout)
		fmt.Fprintln(stdout, "usage: mipdump [-json] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]] [-leg LEG] [-profile PROFILE] [FILE ...]")
		flags.PrintDefaults()
	}
	asJSON := flags.Bool("json", false, "print one JSON object a line")
	var words keyWords
	flags.Var(&words, "key", "verify with this `association`; may be repeated")
	var rules rules
	flags.Func("leg", "judge by the rules of this `leg`: mn-ha, mn-fa, fa-ha, ha-fa, ha-mn or fa-mn", rules.setLeg)
	flags.Func("profile", "judge by this `text`: draft06, which is the default, or rfc5454", rules.setProfile)
	names, err := parse(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		usage()
		return exitParsed
	case err != nil:
		fmt.Fprintln(stderr, "mipdump:", err)
		return exitUsage
	}
	keys, err := parseKeys(words)
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
	out := bufio.NewWriter(stdout)
	defer out.Flush()
	write := writeTree
	if *asJSON {
		write = writeJSON
	}
	dump := func(r io.Reader) error {
		in := newPackets(r)
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
			m := read(p, keys, rules)
			if m.Error != "" && status == exitParsed {
				status = exitRefused
			}
			if err := write(out, m); err != nil {
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
