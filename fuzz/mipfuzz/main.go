// Mipfuzz attacks Mobile IPv4 agents with registration messages of which each
// has one thing wrong, and judges their answers by the RFCs.
//
//	mipfuzz send -to ADDR [-exec COMMAND] [send flags] [campaign flags]
//	mipfuzz serve -listen ADDR [serve flags] [campaign flags]
//	mipfuzz merge [-text] FILE...
//	mipfuzz emit [-format hex|files|corpus] [-out DIR] [campaign flags]
//
// The campaign flags are
//
//	-seed N -from N -count N    the cases; case N of a seed is always the same packet. Seed 1
//	                            from 0 is the default, and 1000 cases, or 200 of serve
//	-leg mn-ha|mn-fa|fa-ha|ha-fa|ha-mn|fa-mn
//	-profile draft06|rfc5454
//	-edition rfc5944|rfc3344    the text that the target is judged by
//	-proxies unknown|served|none   whether it serves the proxies of RFC 5563
//	-home-agent A -care-of A -homes PREFIX
//	-spi N -key HEX -alg NAME   the association of mobile nodes and home agent
//	-mfae, -fhae, -mnaaa SPI:ALG:HEX   Mobile-Foreign, Foreign-Home, MN-AAA
//	-strict                     the target implements every registered extension
//	-lacks TYPE[/SUBTYPE],...   but those
//	-epoch TIME                 of case 0, for emit
//
// Association flags that are not given say that there is no such association. Of
// the extensions beyond RFC 5944 and DSMIPv4 a target may lack any, and what it
// then does conforms, unless -strict says that it implements them all.
//
// # Send
//
// Send sends to an agent over UDP, as fast as it answers, each packet stamped and
// signed as it leaves. Every packet that is outstanding has a port of its own, so
// that the port says what an answer belongs to, whatever is in it. An answer from another
// port or address than the packet was sent to is judged as any other, and what is wrong
// with where it comes from is said besides.
//
// First it learns what the target takes: a plain request, and one with a padding,
// an unknown skippable extension, those of vendors, more than sixteen extensions,
// each flag, a long Lifetime, another care-of address, what is signed with the SPI,
// algorithm and key of -mfae, -fhae or -mnaaa, and an Identification that only 64 bits
// hold. What the target fails against a MUST is one finding under its own name, what it
// may refuse is a capability, and neither is used afterwards.
// -flags, -lifetime, -fillers and -id-bits say the same by hand, -no-learn leaves
// it out.
//
// Then come the parts of -parts: sweeps, where every case of a small space is sent
// (each octet of an authenticator, every Length, type, flag and cut); sequences, of
// which the last packet is judged by what the target must remember of the first;
// havoc, random octets below a valid authenticator; and the cases of the campaign.
// Shards that do not start at case 0 leave out sweeps and sequences, which are the
// same everywhere.
//
// What would be a violation if it is silence is sent again, stamped anew, up to six
// times before it counts; otherwise the case is unknown. Probes find out how much is
// lost.
//
// A target that was heard and dies is a finding always. With -exec mipfuzz starts the
// target itself, in the foreground, sees its exit status, signal and what it last said,
// and starts it again; otherwise a closed port or silence to plain requests says that it
// is dead, and mipfuzz waits until somebody has started it. What killed it is sought
// among the last packets, and sent alone to confirm it. With -exec, what a sanitizer
// reports of a target that lives on is a finding as well, one for each place that it
// names: its packet is sought by starting the target anew, since most reports come once.
//
//	-max-deaths N            after how many deaths to end (64)
//	-minimize=false          do not look for the smallest packet of each finding
//	-timeout D               the longest wait for an answer (1s)
//	-rate N                  datagrams of the parts a second at most; what is sent to learn,
//	                         and to look into a finding, is not among them
//	-ignore GROUP,...        groups that are known
//	-fail-on RANK            the least rank with which the exit status is 1
//	-json                    one object a line on standard output
//	-keep DIR -pcap FILE     the packets of findings; all datagrams
//	-lab                     the target is not loopback: a laboratory of your own
//	-blind                   take nothing from silence, and send although nothing is heard
//
// COMMAND is a program and its arguments as a shell reads them, before which NAME=VALUE
// adds to its environment.
//
// On the leg mn-fa mipfuzz plays the home agent behind the foreign agent, too, at
// -home-agent and -home-port, and hears what the foreign agent relays. Where the
// target is loopback and -homes lies in 127.0.0.0/8, each request comes from its home
// address, so that replies relayed there are heard.
//
// # Findings
//
// What does not conform is grouped by violation, Code, section and trigger, each group
// with its smallest packet, made smaller while the target still fails, at most three
// packets, and a command that repeats it. The ranks, the gravest first:
//
//	crash        the target dies, hangs, or lives on and reports an error of its memory
//	disclosure   it sends octets that nobody gave it
//	unauthentic  it accepts, or acts on, what nothing authenticates, what verifies in
//	             part, or what was replayed
//	forbidden    it accepts what must be refused
//	unsigned     an answer lacks or spoils an authenticator
//	answer       an answer is malformed, has wrong fields, or answers what is no message
//	code         a Code that does not conform, or an answer where there must be none
//	silence      no answer where there must be one
//
// What breaks a SHOULD is a remark. What the texts leave open is nothing.
//
// With -json every line is an object. Its "kind" is "finding", "remark",
// "capability" or "summary". The keys of the first three are
//
//	rank, group        the rank and the group's name, for -ignore
//	violation, source  what does not conform, and the section that says so
//	seen, trigger      what the target did, and what made it
//	count, mutations   how often, and by which mutations, sweeps or sequences
//	case               seed, part, index, and sequence: the packets, if there are several
//	packet, answer     hex, of an answer the first 2,048 octets; rtt in seconds
//	minimal            the smallest packet that still fails, hex
//	reproduce          the command that repeats it, with KEY for keys
//	note               what else is to be said
//
// and those of the summary, which comes last,
//
//	sent, answered     datagrams
//	jobs, rate         cases, sweeps and sequences that were done, and how many a second
//	silent, unknown    those that were lawfully not answered, and that could not be judged
//	unknownWhy         the reasons
//	lost, lossRate     probes without an answer, and their share
//	late, duplicates, resent, strays, deaths, restarts
//	exercised          by mutation: conforming, silent, violating, unknown, and codes
//	notExercised       by mutation: why not
//	findings, seed, leg, profile, from, endedEarly
//
// Merge joins the files of shards into groups and counts.
//
// # Serve
//
// Serve plays a home agent for a foreign agent (-leg ha-fa) or a mobile node
// (-leg ha-mn) under test: it judges the requests that arrive, answers each with the
// next reply of the campaign, and takes a request that comes again for a reply that was
// discarded. With -exec it starts the target, and again when that has taken a reply or has
// ended. Of the flags of send it has -lab, -json, -keep, -exec, -pcap, -ignore and -fail-on,
// and besides
//
//	-patience D              after how long without another request a reply counts as
//	                         taken (3s)
//	-wait D                  how long to wait for a request at most (30s)
//
// # Emit
//
// Emit writes packets: hex, one a line and nothing else; files, one each; or
// corpus, the files of Go's native fuzzing. Files go to the directory of -out. An empty
// datagram is an empty line, which mipdump passes over. Without -key the octets 00 to 0f sign.
//
// # Exit status
//
// The exit status is 0 when nothing was found, 1 with findings, 2 for a wrong usage, an
// interrupt, or what cannot be sent or written, and 3 when nothing at all was heard of the
// target. That of merge is what one send would have had, and 2 when a shard did not end.
//
// Attack nothing but your own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends what cannot be stopped
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// The exit statuses.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
	exitUnheard  = 3
)

var (
	// errFindings is returned when the target does not conform.
	errFindings = errors.New("the target does not conform")
	// errUnheard is returned when nothing at all was heard of the target.
	errUnheard = errors.New("nothing was heard of the target: it does not answer a known-good request; is it there?")
	// errInterrupted is returned by what was stopped before the end.
	errInterrupted = errors.New("interrupted, not all cases are done")
)

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	command := ""
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	var err error
	switch command {
	case "emit":
		err = emit(ctx, args, stdout)
	case "send":
		err = send(ctx, args, stdout, stderr)
	case "serve":
		err = serve(ctx, args, stdout, stderr)
	case "merge":
		err = merge(ctx, args, stdout)
	case "-h", "-help", "--help":
		_, err = fmt.Fprintln(stdout, "usage: mipfuzz send|serve|merge|emit [flags]; -h behind one lists its flags")
	default:
		err = errors.New("want mipfuzz send, serve, merge or emit; -h behind one lists its flags")
	}
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitClean
	case err == errFindings:
		return exitFindings
	}
	fmt.Fprintln(stderr, "mipfuzz:", err)
	if errors.Is(err, errUnheard) {
		return exitUnheard
	}
	return exitUsage
}
