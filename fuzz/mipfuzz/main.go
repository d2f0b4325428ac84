// Mipfuzz attacks Mobile IPv4 agents with registration messages of which each
// has one thing wrong, and judges their answers by the RFCs.
//
//	mipfuzz emit [-format hex|files|corpus] [-out DIR] [campaign flags]
//	mipfuzz send -to ADDR [-lab] [-timeout D] [-rate N] [-json] [-keep DIR] [-blind] [campaign flags]
//
// The campaign flags are
//
//	-seed N -from N -count N    the cases; case N of a seed is always the same packet
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
// Emit writes packets: hex, one a line and nothing else; files, one each; or
// corpus, the files of Go's native fuzzing. Files go to the directory of -out.
//
// Send sends the cases of a request leg to an agent over UDP, each with the time
// of day as its Identification and signed again. An answer is matched by home
// address and the low 32 bits of the Identification and compared with what the
// texts allow. At the end stand a table of the mutations and a line for every
// finding: the case, the mutation, the section, what conforms, what was seen,
// and the command that repeats it, with KEY for the keys. The packets of the
// findings are kept, as sent, in the directory of -keep.
//
// A known-good request goes first, and again whenever the target has gone quiet:
// when it stays unanswered and nothing else is heard either, the target has
// crashed, and the last cases sent are reported. An answer that is later than
// -timeout counts as none: choose a -rate that the target keeps up with. With -blind nothing is taken from its staying unanswered; that is
// for a foreign agent without home agent behind it. Association flags that are
// not given say that there is no such association.
//
// Of the extensions beyond RFC 5944 and DSMIPv4 a target may lack any, and what it
// then does conforms. With -strict it is taken to implement them all but those of
// -lacks, which no case is about: -strict -lacks 144,132 is for one without UDP
// tunnels and challenges.
//
// Without -lab the target must be a loopback address. Attack nothing but your
// own.
//
// The exit status is 0 without findings, 1 with findings, and 2 for a wrong
// usage, a target that does not answer the known-good request, or an interrupt.
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
	// errFindings is what send returns when the target does not conform.
	errFindings = errors.New("the target does not conform")
	// errUnheard is what send returns when nothing at all was heard of the target.
	errUnheard = errors.New("nothing was heard of the target; is it there, and a foreign agent's home agent behind it?")
	// errInterrupted is what both return when they were stopped before the end.
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
	case "-h", "-help", "--help":
		_, err = fmt.Fprintln(stdout, "usage: mipfuzz emit|send [flags]; -h after either lists its flags")
	default:
		err = errors.New("want mipfuzz emit or mipfuzz send; -h after either lists its flags")
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
