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
// of a paragraph has digits and a comment, the whole paragraph is one packet:
// that is how annotated .hex files are written. A directory, or DIR/..., stands
// for the .hex files below it.
//
// With -key, which may be repeated, authentication extensions are verified.
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
	"flag"
	"fmt"
	"io"
	"os"
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
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: mipdump [-json] [-key spi=N,alg=NAME,hex=KEY[,ext=mhae|mfae|fhae|mnaaa]] [-leg LEG] [-profile PROFILE] [FILE ...]")
		flags.PrintDefaults()
	}
	asJSON := flags.Bool("json", false, "print one JSON object a line")
	var words keyWords
	flags.Var(&words, "key", "verify with this `association`; may be repeated")
	var rules rules
	flags.Func("leg", "judge by the rules of this `leg`: mn-ha, mn-fa, fa-ha, ha-fa, ha-mn or fa-mn", rules.setLeg)
	flags.Func("profile", "judge by this `text`: draft06, which is the default, or rfc5454", rules.setProfile)
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	keys, err := parseKeys(words)
	if err != nil {
		fmt.Fprintln(stderr, "mipdump:", err)
		return exitUsage
	}
	status := exitParsed
	files, err := expand(flags.Args())
	if err != nil {
		fmt.Fprintln(stderr, "mipdump:", err)
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
	if len(flags.Args()) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := open(name, stdin, dump); err != nil {
			fmt.Fprintln(stderr, "mipdump:", err)
			status = exitUsage
		}
	}
	return status
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
	if err := f(file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
