package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// options are the flags that emit, send and serve have.
type options struct {
	flags       *flag.FlagSet
	help        io.Writer // for -h
	lacks       map[ext.Kind]bool
	lacking     string // the words of -lacks
	proxies     string // the word of -proxies
	setup       fuzz.Setup
	from, count uint64
	spi         uint64
	key         string
	algorithm   string
	others      [len(otherAssociations)]string
	limits      limits
}

// otherAssociations are the flags of the associations besides that of the mobile
// nodes and the home agent.
var otherAssociations = [...]struct {
	flag, what string
	context    func(*fuzz.Setup) *ext.SecurityContext
	knowledge  func(*fuzz.Setup) *rules.Knowledge
}{
	{
		"mfae", "Mobile-Foreign",
		func(s *fuzz.Setup) *ext.SecurityContext { return &s.MobileForeign },
		func(s *fuzz.Setup) *rules.Knowledge { return &s.Situation.MobileForeign },
	},
	{
		"fhae", "Foreign-Home",
		func(s *fuzz.Setup) *ext.SecurityContext { return &s.ForeignHome },
		func(s *fuzz.Setup) *rules.Knowledge { return &s.Situation.ForeignHome },
	},
	{"mnaaa", "MN-AAA", func(s *fuzz.Setup) *ext.SecurityContext { return &s.MobileAAA }, nil},
}

// proxies are the words of -proxies.
var proxies = map[string]rules.Knowledge{"unknown": rules.Unknown, "served": rules.Served, "none": rules.None}

// secrets are the flags that no output repeats.
var secrets = map[string]string{"exec": "COMMAND", "key": "KEY", "mfae": "SPI:ALG:KEY", "fhae": "SPI:ALG:KEY", "mnaaa": "SPI:ALG:KEY"}

func newOptions(command string, count uint64, leg code.Leg, help io.Writer) *options {
	o := &options{flags: flag.NewFlagSet("mipfuzz "+command, flag.ContinueOnError), help: help, count: count}
	f := o.flags
	f.SetOutput(io.Discard) // what is wrong may be a key
	f.Usage = func() {}
	o.setup.Situation.Leg, o.setup.Situation.Profile = leg, dsmip.Draft06
	// No target implements an experimental extension or the contents of a
	// vendor that there is not.
	o.setup.Situation.Implements = func(k ext.Kind) bool {
		return k.Type() != 127 && !o.lacks[k] && !o.lacks[ext.Kind(k.Type())<<8|anySubType]
	}
	o.setup.Situation.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor != 0xffffff }

	f.Uint64Var(&o.setup.Seed, "seed", 1, "the campaign")
	f.Uint64Var(&o.from, "from", 0, "the first case")
	f.Uint64Var(&o.count, "count", count, "how many cases")
	f.Func("leg", "mn-ha, mn-fa, fa-ha, ha-fa, ha-mn or fa-mn; "+leg.String()+" is the default", func(s string) (err error) {
		o.setup.Situation.Leg, err = code.ParseLeg(s)
		return err
	})
	f.Func("profile", "draft06 (the default) or rfc5454", func(s string) (err error) {
		o.setup.Situation.Profile, err = dsmip.ParseProfile(s)
		return err
	})
	f.Func("edition", "rfc5944 (the default) or rfc3344, or the number alone: the text that the target is judged by", func(s string) (err error) {
		o.setup.Situation.Edition, err = rules.ParseEdition("rfc" + strings.TrimPrefix(s, "rfc"))
		return err
	})
	f.Func("proxies", "unknown (the default), served or none: whether the target serves proxies of RFC 5563", func(s string) error {
		p, ok := proxies[s]
		o.setup.Situation.Proxies, o.proxies = p, s
		if !ok {
			return rules.ErrKnowledge
		}
		return nil
	})
	f.Func("lacks", "the `types` that the target does not implement, as 144,139/1", o.setLacks)
	f.BoolVar(&o.setup.Strict, "strict", false, "the target implements every registered extension, but those of -lacks")
	f.TextVar(&o.setup.HomeAgent, "home-agent", netip.Addr{}, "the Home Agent `address`; for send the target's, or this host's where that is a foreign agent, for serve that of -listen, else 192.0.2.1")
	f.TextVar(&o.setup.CareOfAddress, "care-of", netip.Addr{}, "the Care-of `address`; for send this host's, or the target's where that is a foreign agent, else 203.0.113.1")
	f.TextVar(&o.setup.HomeAddresses, "homes", netip.Prefix{}, "the `prefix` of the home addresses (198.18.0.0/15)")
	f.Uint64Var(&o.spi, "spi", 256, "the SPI of mobile nodes and home agent")
	f.StringVar(&o.algorithm, "alg", "hmac-md5", "its algorithm")
	f.StringVar(&o.key, "key", "", "its key in `hex`")
	for i, a := range otherAssociations {
		f.StringVar(&o.others[i], a.flag, "", "`SPI:ALG:HEX` of the "+a.what+" association")
	}
	return o
}

// parse reads the flags into the setup. The key is what stands for one that is not
// given, "" when there must be one.
func (o *options) parse(args []string, key string) error {
	if err := o.flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		o.flags.SetOutput(o.help)
		fmt.Fprintf(o.help, "usage: %s [flags]\n", o.flags.Name())
		o.flags.PrintDefaults()
		return err
	} else if err != nil {
		// Never what it is: it may hold a key.
		return fmt.Errorf("the flag at argument %d is not understood; -h lists the flags", max(1, len(args)-o.flags.NArg()))
	}
	if o.flags.NArg() > 0 {
		return fmt.Errorf("argument %d is no flag; -h lists the flags", len(args)-o.flags.NArg()+1)
	}
	var dashed error
	o.flags.Visit(func(f *flag.Flag) {
		if strings.HasPrefix(f.Value.String(), "-") {
			dashed = fmt.Errorf("what follows -%s looks like another flag", f.Name)
		}
	})
	if dashed != nil {
		return dashed
	}
	if o.key == "" {
		o.key = key
	}
	if o.key == "" {
		return errors.New("-key is needed: the key of mobile nodes and home agent in hex")
	}
	var err error
	if o.setup.MobileHome, err = association(strconv.FormatUint(o.spi, 10), o.algorithm, o.key); err != nil {
		return fmt.Errorf("-spi, -alg and -key: %w", err)
	}
	for i, a := range otherAssociations {
		if o.others[i] == "" {
			if a.knowledge != nil {
				*a.knowledge(&o.setup) = rules.None
			}
			continue
		}
		parts := strings.Split(o.others[i], ":")
		if len(parts) != 3 {
			return fmt.Errorf("-%s: want SPI:ALG:HEX", a.flag)
		}
		if *a.context(&o.setup), err = association(parts[0], parts[1], parts[2]); err != nil {
			return fmt.Errorf("-%s: %w", a.flag, err)
		}
	}
	return nil
}

// anySubType stands in lacks for all sub-types of a type: no registered kind has
// it.
const anySubType = 255

func (o *options) setLacks(words string) error {
	o.lacking, o.lacks = words, map[ext.Kind]bool{}
	for _, word := range strings.Split(words, ",") {
		typ, sub, ok := strings.Cut(word, "/")
		if !ok {
			sub = strconv.Itoa(anySubType)
		}
		t, err := strconv.ParseUint(typ, 10, 8)
		if err != nil {
			return err
		}
		s, err := strconv.ParseUint(sub, 10, 8)
		if err != nil {
			return err
		}
		o.lacks[ext.Kind(t<<8|s)] = true
	}
	return nil
}

// fileName is the name of a case's file, but for its ending.
func (o *options) fileName(index uint64) string {
	s := &o.setup
	edition := ""
	if s.Situation.Edition != rules.RFC5944 {
		edition = "-" + s.Situation.Edition.String()
	}
	return fmt.Sprintf("%d-%s-%s%s-%09d", s.Seed, s.Situation.Leg, s.Situation.Profile, edition, index)
}

// association makes a security context. Its errors never quote the key.
func association(spi, algorithm, key string) (ext.SecurityContext, error) {
	n, err := strconv.ParseUint(spi, 0, 32)
	if err != nil {
		return ext.SecurityContext{}, errors.New("the SPI is not a number of 32 bits")
	}
	a, err := ext.ParseAlgorithm(algorithm)
	if err != nil {
		return ext.SecurityContext{}, err
	}
	b, err := hex.DecodeString(key)
	if err != nil {
		return ext.SecurityContext{}, errors.New("the key is not hexadecimal")
	}
	return ext.NewSecurityContext(uint32(n), a, b)
}

// repeat returns the command line that sends one run of jobs of a part again.
func (o *options) repeat(part string, from, count uint64) string {
	words := []string{o.flags.Name()}
	o.flags.Visit(func(f *flag.Flag) {
		value := f.Value.String()
		switch f.Name {
		case "from", "count", "json", "keep", "pcap", "ignore", "fail-on", "parts":
			return
		case "leg":
			value = o.setup.Situation.Leg.String()
		case "profile":
			value = o.setup.Situation.Profile.String()
		case "lacks":
			value = o.lacking
		case "edition":
			value = o.setup.Situation.Edition.String()
		case "proxies":
			value = o.proxies
		case "flags":
			value = o.limits.flags
		case "fillers":
			value = o.limits.fillers
		case "lifetime":
			value = o.limits.lifetime
		case "id-bits":
			value = o.limits.bits
		case "lab", "blind", "strict", "no-learn", "minimize":
			words = append(words, "-"+f.Name+"="+value)
			return
		}
		if hidden, ok := secrets[f.Name]; ok {
			value = hidden
		}
		words = append(words, "-"+f.Name, value)
	})
	if part == string(partLearn) {
		return strings.Join(append(words, "-count", "0", "-parts", "cases"), " ")
	}
	if o.flags.Lookup("parts") != nil { // serve has none
		words = append(words, "-parts", part)
	}
	return strings.Join(append(words, "-from", strconv.FormatUint(from, 10), "-count", strconv.FormatUint(count, 10)), " ")
}

// timeVar defines a flag that holds a time.
func timeVar(f *flag.FlagSet, t *time.Time, name, usage string) {
	f.Func(name, usage, func(s string) (err error) {
		*t, err = time.Parse(time.RFC3339, s)
		return err
	})
}
