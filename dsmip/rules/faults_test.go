package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// faultTable is written from the texts, not from the code: a line for each fault, with
// its name and the columns below, separated by tabs.
const faultTable = "../../testdata/faults.tsv"

// faultColumns are the columns behind the name. The fault's own values are compared
// with them as they print.
var faultColumns = [...]struct {
	name  string
	value func(*code.Fault) string
}{
	{"text", (*code.Fault).Text},
	{"source", (*code.Fault).Source},
	{"breaks", func(f *code.Fault) string { return f.Breaks().String() }},
	{"home agent", func(f *code.Fault) string { return f.Reaction(code.HomeAgent).String() }},
	{"foreign agent", func(f *code.Fault) string { return f.Reaction(code.ForeignAgent).String() }},
	{"mobile node", func(f *code.Fault) string { return f.Reaction(code.MobileNode).String() }},
}

// faultLine returns the line of a fault as the code has it.
func faultLine(name string, f *code.Fault) string {
	line := name
	for _, c := range faultColumns {
		line += "\t" + c.value(f)
	}
	return line
}

// TestFaultTable compares the table with the code, both ways: no declared fault is
// missing, no line is stale, and every column is right. For a new fault it says what to
// add: a line of faultVariables when it is a variable, and one of the table. The columns
// of that line are those of the code; read the text before believing them.
func TestFaultTable(t *testing.T) {
	declared := declaredFaults(t)
	values := faultValues(t, declared)
	table := readFaultTable(t)
	for _, d := range declared {
		f, ok := values[d.name]
		if !ok {
			t.Errorf("%s: faults_test.go lacks in faultVariables:\n\t%q: %s,", d.at, d.name, d.name)
			continue
		}
		row, ok := table[d.name]
		if !ok {
			t.Errorf("%s: %s lacks the line\n%s", d.at, faultTable, faultLine(d.name, f))
			continue
		}
		for i, c := range faultColumns {
			if got := c.value(f); got != row[i] {
				t.Errorf("%s: %s: %s is %q in the code, %q in the table", d.at, d.name, c.name, got, row[i])
			}
		}
	}
	known := map[string]bool{}
	for _, d := range declared {
		known[d.name] = true
	}
	for name := range table {
		if !known[name] {
			t.Errorf("%s: no fault is declared for the line of %s", faultTable, name)
		}
	}
	for name := range faultVariables {
		if !known[name] {
			t.Errorf("faultVariables has %s, which no package declares", name)
		}
	}
}

// TestFaultsAreAll: Faults has every fault of the rule book, once.
func TestFaultsAreAll(t *testing.T) {
	declared := declaredFaults(t)
	values := faultValues(t, declared)
	times := map[*code.Fault]int{}
	for f := range rules.Faults() {
		times[f]++
	}
	n := 0
	for _, d := range declared {
		if !strings.HasPrefix(d.name, "rules.") {
			continue
		}
		n++
		if f, ok := values[d.name]; ok && times[f] != 1 {
			t.Errorf("%s: Faults has %s %d times", d.at, d.name, times[f])
		}
	}
	if n != len(times) {
		t.Errorf("Faults has %d faults, and the package declares %d", len(times), n)
	}
	for range rules.Faults() {
		break // a range may end early
	}
}

// TestCallerReactsNot: what nobody sent wrongly nobody reacts to (contract of
// code.Caller).
func TestCallerReactsNot(t *testing.T) {
	for name, f := range faultValues(t, declaredFaults(t)) {
		for _, r := range []code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode} {
			if f.Breaks() == code.Caller && f.Reaction(r) != (code.Reaction{}) {
				t.Errorf("%s is the caller's, and has the reaction %q", name, f.Reaction(r))
			}
		}
	}
}

// declaredFault is a fault as the sources declare it.
type declaredFault struct {
	name string // rules.ErrEdition, rules.Misplaced(KindGREKey), ext.BadLength(KindGREKey)
	kind string // KindGREKey, empty for a variable
	at   string // file and line
}

// declaredFaults finds the calls of NewFault in the sources of the packages that are
// libraries: the value of a variable; the last two fields of a row of places, which
// Misplaced and WrongMessage return; and the BadLength that row and stepped derive
// for each row of the registry. One that stands elsewhere has no name, and fails the
// test.
func declaredFaults(t *testing.T) (declared []declaredFault) {
	t.Helper()
	names := map[string]bool{}
	for _, file := range librarySources(t) {
		rows := 0 // of the registry, if this file has it
		at := func(n ast.Node) string {
			p := file.set.Position(n.Pos())
			return filepath.ToSlash(p.Filename) + ":" + strconv.Itoa(p.Line)
		}
		add := func(n ast.Node, name, kind string) {
			if names[name] {
				t.Errorf("%s: a second %s", at(n), name)
			}
			names[name] = true
			declared = append(declared, declaredFault{name, kind, at(n)})
		}
		named := map[ast.Node]bool{}
		pkg := file.Name.Name
		ast.Inspect(file.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if isNewFault(v) {
						named[v] = true
						add(v, pkg+"."+n.Names[i].Name, "")
					}
					if pkg == "ext" && n.Names[i].Name == "rows" {
						for _, row := range v.(*ast.CompositeLit).Elts {
							kind := firstKind(row.(*ast.CallExpr).Args)
							add(row, "ext.BadLength("+kind+")", kind)
							rows++
						}
					}
					if pkg == "rules" && n.Names[i].Name == "places" {
						for _, place := range v.(*ast.CompositeLit).Elts {
							fields := place.(*ast.CompositeLit).Elts
							kind := firstKind(fields)
							for j, of := range []string{"Misplaced", "WrongMessage"} {
								if f := fields[len(fields)-2+j]; isNewFault(f) {
									named[f] = true
									add(f, "rules."+of+"("+kind+")", kind)
								}
							}
						}
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "BadLength" && isNewFault(n.Value) && rows > 0 {
					named[n.Value] = true
				}
			case *ast.CallExpr:
				if isNewFault(n) && !named[n] {
					t.Errorf("%s: a fault that this test has no name for", at(n))
				}
			}
			return true
		})
	}
	return declared
}

// firstKind returns the name of the first kind among expressions.
func firstKind(list []ast.Expr) string {
	for _, e := range list {
		switch e := e.(type) {
		case *ast.Ident:
			if strings.HasPrefix(e.Name, "Kind") {
				return e.Name
			}
		case *ast.SelectorExpr:
			if strings.HasPrefix(e.Sel.Name, "Kind") {
				return e.Sel.Name
			}
		}
	}
	return ""
}

// isNewFault reports whether an expression calls code.NewFault.
func isNewFault(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "NewFault"
	case *ast.SelectorExpr:
		return f.Sel.Name == "NewFault"
	}
	return false
}

type sourceFile struct {
	*ast.File
	set *token.FileSet
}

// librarySources parses the packages of the module that a program links: neither tests
// nor commands, nor fuzz, which is for tests.
func librarySources(t *testing.T) (files []sourceFile) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			hidden := path != root && strings.HasPrefix(d.Name(), ".")
			if hidden || d.Name() == "testdata" || path == filepath.Join(root, "fuzz") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err == nil && f.Name.Name != "main" {
			files = append(files, sourceFile{f, set})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// faultValues returns the faults by name: the variables of faultVariables, and those
// that belong to a kind. The rows of the registry come in the order of their source,
// from which the kinds have their names.
func faultValues(t *testing.T, declared []declaredFault) map[string]*code.Fault {
	t.Helper()
	values := map[string]*code.Fault{}
	kinds := map[string]ext.Kind{}
	rows := slices.Collect(ext.Registry())
	for _, d := range declared {
		if !strings.HasPrefix(d.name, "ext.BadLength(") {
			continue
		}
		if len(rows) == 0 {
			t.Fatal("the registry has fewer rows than its source")
		}
		kinds[d.kind] = rows[0].Kind
		values[d.name] = rows[0].BadLength
		rows = rows[1:]
	}
	if len(rows) != 0 {
		t.Fatalf("the registry has %d rows more than its source", len(rows))
	}
	for _, d := range declared {
		k, ok := kinds[d.kind]
		if d.kind != "" && !ok {
			t.Errorf("%s: %s is no row of the registry", d.at, d.kind)
			continue
		}
		var err error
		switch of, _, _ := strings.Cut(d.name, "("); of {
		case "rules.Misplaced":
			err = rules.Misplaced(k)
		case "rules.WrongMessage":
			err = rules.WrongMessage(k)
		default:
			continue
		}
		f, ok := err.(*code.Fault)
		if !ok {
			t.Errorf("%s: %s is %v", d.at, d.name, err)
			continue
		}
		values[d.name] = f
	}
	for name, f := range faultVariables {
		values[name] = f
	}
	return values
}

// readFaultTable returns the columns of the table by name.
func readFaultTable(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(faultTable))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	head := "name"
	for _, c := range faultColumns {
		head += "\t" + c.name
	}
	if lines[0] != head {
		t.Fatalf("%s begins with %q, want %q", faultTable, lines[0], head)
	}
	table := map[string][]string{}
	for i, line := range lines[1:] {
		fields := strings.Split(line, "\t")
		if len(fields) != 1+len(faultColumns) {
			t.Errorf("%s:%d has %d columns, want %d", faultTable, i+2, len(fields), 1+len(faultColumns))
			continue
		}
		if _, twice := table[fields[0]]; twice {
			t.Errorf("%s:%d: a second line of %s", faultTable, i+2, fields[0])
		}
		table[fields[0]] = fields[1:]
	}
	return table
}

// faultVariables are the variables that hold faults, by name.
var faultVariables = map[string]*code.Fault{
	"code.ErrRole":   code.ErrRole,
	"code.ErrLeg":    code.ErrLeg,
	"code.ErrNumber": code.ErrNumber,

	"ext.ErrKindText":       ext.ErrKindText,
	"mipv4.ErrFlagLetters":  mipv4.ErrFlagLetters,
	"mipv4.ErrLifetimeText": mipv4.ErrLifetimeText,
	"mipv4.ErrDigits":       mipv4.ErrDigits,
	"rules.ErrService":      rules.ErrService,

	"ext.ErrHAAddress":             ext.ErrHAAddress,
	"ext.ErrFAErrorStatus":         ext.ErrFAErrorStatus,
	"ext.ErrTraversalAddress":      ext.ErrTraversalAddress,
	"ext.ErrCarriedNAI":            ext.ErrCarriedNAI,
	"ext.ErrKeyNonce":              ext.ErrKeyNonce,
	"ext.ErrLinkLayerIPv4":         ext.ErrLinkLayerIPv4,
	"ext.ErrMessageStringText":     ext.ErrMessageStringText,
	"ext.ErrMessageString":         ext.ErrMessageString,
	"ext.ErrBIDCount":              ext.ErrBIDCount,
	"ext.ErrMultipath":             ext.ErrMultipath,
	"ext.ErrFlowBinding":           ext.ErrFlowBinding,
	"ext.ErrTunnelRequestReserved": ext.ErrTunnelRequestReserved,
	"ext.ErrMobileNetwork":         ext.ErrMobileNetwork,
	"ext.ErrMobileNetworkLength":   ext.ErrMobileNetworkLength,
	"ext.ErrAgentAddress":          ext.ErrAgentAddress,
	"ext.ErrSolicitedHoA":          ext.ErrSolicitedHoA,
	"ext.ErrPrefixStructures":      ext.ErrPrefixStructures,
	"ext.ErrSolicitRouter":         ext.ErrSolicitRouter,
	"ext.ErrRouteOptimizationCode": ext.ErrRouteOptimizationCode,
	"ext.ErrCareOfAddresses":       ext.ErrCareOfAddresses,
	"ext.ErrAdvertisedRouter":      ext.ErrAdvertisedRouter,
	"ext.ErrAdvertisedPrefix":      ext.ErrAdvertisedPrefix,
	"ext.ErrRealm":                 ext.ErrRealm,
	"ext.ErrNoStructures":          ext.ErrNoStructures,
	"ext.ErrServiceText":           ext.ErrServiceText,
	"ext.ErrService":               ext.ErrService,
	"ext.ErrVendorOctet":           ext.ErrVendorOctet,
	"ext.ErrVendor":                ext.ErrVendor,
	"ext.ErrVendorKind":            ext.ErrVendorKind,
	"ext.Err3GPP2Size":             ext.Err3GPP2Size,
	"ext.ErrHostConfiguration":     ext.ErrHostConfiguration,
	"ext.ErrHostAddress":           ext.ErrHostAddress,
	"ext.ErrHostText":              ext.ErrHostText,
	"ext.ErrHomePrefixLength":      ext.ErrHomePrefixLength,
	"ext.ErrKeyUpdateSize":         ext.ErrKeyUpdateSize,
	"ext.ErrKeyPayload":            ext.ErrKeyPayload,

	"ext.ErrAlgorithm":                ext.ErrAlgorithm,
	"ext.ErrNoMobileHome":             ext.ErrNoMobileHome,
	"ext.ErrNoMobileForeign":          ext.ErrNoMobileForeign,
	"ext.ErrNoForeignHome":            ext.ErrNoForeignHome,
	"ext.ErrNoGeneralized":            ext.ErrNoGeneralized,
	"ext.ErrChallenge":                ext.ErrChallenge,
	"ext.ErrTooLong":                  ext.ErrTooLong,
	"ext.ErrStart":                    ext.ErrStart,
	"ext.ErrUnknownType":              ext.ErrUnknownType,
	"ext.ErrLoneByte":                 ext.ErrLoneByte,
	"ext.ErrHeaderCut":                ext.ErrHeaderCut,
	"ext.ErrOverrun":                  ext.ErrOverrun,
	"ext.ErrLongOverrun":              ext.ErrLongOverrun,
	"ext.ErrNoSubType":                ext.ErrNoSubType,
	"ext.ErrKind":                     ext.ErrKind,
	"ext.ErrBodyTooLong":              ext.ErrBodyTooLong,
	"ext.ErrBadSubType":               ext.ErrBadSubType,
	"ext.ErrDynamicHA":                ext.ErrDynamicHA,
	"ext.ErrNAI":                      ext.ErrNAI,
	"ext.ErrKey":                      ext.ErrKey,
	"ext.ErrCHAP":                     ext.ErrCHAP,
	"ext.ErrReservedSPI":              ext.ErrReservedSPI,
	"ext.ErrNoMessage":                ext.ErrNoMessage,
	"ext.ErrSPI":                      ext.ErrSPI,
	"ext.ErrNoAssociation":            ext.ErrNoAssociation,
	"ext.ErrMobileHomeInvalid":        ext.ErrMobileHomeInvalid,
	"ext.ErrMobileHomeInvalidRelayed": ext.ErrMobileHomeInvalidRelayed,
	"ext.ErrMobileForeignInvalid":     ext.ErrMobileForeignInvalid,
	"ext.ErrForeignHomeInvalid":       ext.ErrForeignHomeInvalid,
	"ext.ErrMNAAAInvalid":             ext.ErrMNAAAInvalid,
	"ext.ErrGeneralizedInvalid":       ext.ErrGeneralizedInvalid,

	"mipv4.ErrRequestCut":                  mipv4.ErrRequestCut,
	"mipv4.ErrReplyCut":                    mipv4.ErrReplyCut,
	"mipv4.ErrNotRequest":                  mipv4.ErrNotRequest,
	"mipv4.ErrNotReply":                    mipv4.ErrNotReply,
	"mipv4.ErrHomeAddress":                 mipv4.ErrHomeAddress,
	"mipv4.ErrHomeAgent":                   mipv4.ErrHomeAgent,
	"mipv4.ErrCareOfAddress":               mipv4.ErrCareOfAddress,
	"mipv4.ErrNotAuthorized":               mipv4.ErrNotAuthorized,
	"mipv4.ErrBehindForeign":               mipv4.ErrBehindForeign,
	"mipv4.ErrEmpty":                       mipv4.ErrEmpty,
	"mipv4.ErrTimestamp":                   mipv4.ErrTimestamp,
	"mipv4.ErrReplay":                      mipv4.ErrReplay,
	"mipv4.ErrNonce":                       mipv4.ErrNonce,
	"mipv4.ErrAdvertisementCut":            mipv4.ErrAdvertisementCut,
	"mipv4.ErrAdvertisementCode":           mipv4.ErrAdvertisementCode,
	"mipv4.ErrAddrEntrySize":               mipv4.ErrAddrEntrySize,
	"mipv4.ErrRouterAddressesCut":          mipv4.ErrRouterAddressesCut,
	"mipv4.ErrRouterAddress":               mipv4.ErrRouterAddress,
	"mipv4.ErrNumAddrs":                    mipv4.ErrNumAddrs,
	"mipv4.ErrNoMobilityAgent":             mipv4.ErrNoMobilityAgent,
	"mipv4.ErrMobilityAgentLength":         mipv4.ErrMobilityAgentLength,
	"mipv4.ErrPrefixLengthsLength":         mipv4.ErrPrefixLengthsLength,
	"mipv4.ErrPrefixLengthBits":            mipv4.ErrPrefixLengthBits,
	"mipv4.ErrDiscoveryNVSELength":         mipv4.ErrDiscoveryNVSELength,
	"mipv4.ErrDiscoverySubType":            mipv4.ErrDiscoverySubType,
	"mipv4.ErrLinkLayerLength":             mipv4.ErrLinkLayerLength,
	"mipv4.ErrNeitherAgent":                mipv4.ErrNeitherAgent,
	"mipv4.ErrBusyWithoutForeign":          mipv4.ErrBusyWithoutForeign,
	"mipv4.ErrRequiredWithoutForeign":      mipv4.ErrRequiredWithoutForeign,
	"mipv4.ErrNoCareOfAddress":             mipv4.ErrNoCareOfAddress,
	"mipv4.ErrManyCareOfAddresses":         mipv4.ErrManyCareOfAddresses,
	"mipv4.ErrAgentChallenge":              mipv4.ErrAgentChallenge,
	"mipv4.ErrAgentNAI":                    mipv4.ErrAgentNAI,
	"mipv4.ErrVendorID":                    mipv4.ErrVendorID,
	"mipv4.ErrICMPType":                    mipv4.ErrICMPType,
	"mipv4.ErrChecksum":                    mipv4.ErrChecksum,
	"mipv4.ErrOtherIdentification":         mipv4.ErrOtherIdentification,
	"mipv4.ErrOtherHomeAddress":            mipv4.ErrOtherHomeAddress,
	"mipv4.ErrFastBindingUpdateCut":        mipv4.ErrFastBindingUpdateCut,
	"mipv4.ErrFastBindingAckCut":           mipv4.ErrFastBindingAckCut,
	"mipv4.ErrFastLifetime":                mipv4.ErrFastLifetime,
	"mipv4.ErrMessageType":                 mipv4.ErrMessageType,
	"mipv4.ErrUnknownMessage":              mipv4.ErrUnknownMessage,
	"mipv4.ErrReserved":                    mipv4.ErrReserved,
	"mipv4.ErrHandoffRequestCut":           mipv4.ErrHandoffRequestCut,
	"mipv4.ErrHandoffReplyCut":             mipv4.ErrHandoffReplyCut,
	"mipv4.ErrNotificationCut":             mipv4.ErrNotificationCut,
	"mipv4.ErrNotificationAckCut":          mipv4.ErrNotificationAckCut,
	"mipv4.ErrRegionalRequestCut":          mipv4.ErrRegionalRequestCut,
	"mipv4.ErrRegionalReplyCut":            mipv4.ErrRegionalReplyCut,
	"mipv4.ErrGFAIPAddress":                mipv4.ErrGFAIPAddress,
	"mipv4.ErrSameNonce":                   mipv4.ErrSameNonce,
	"mipv4.ErrHomeTestInitCut":             mipv4.ErrHomeTestInitCut,
	"mipv4.ErrCareOfTestInitCut":           mipv4.ErrCareOfTestInitCut,
	"mipv4.ErrHomeTestCut":                 mipv4.ErrHomeTestCut,
	"mipv4.ErrCareOfTestCut":               mipv4.ErrCareOfTestCut,
	"mipv4.ErrRevocationCut":               mipv4.ErrRevocationCut,
	"mipv4.ErrRevocationAcknowledgmentCut": mipv4.ErrRevocationAcknowledgmentCut,
	"mipv4.ErrHomeDomainAddress":           mipv4.ErrHomeDomainAddress,
	"mipv4.ErrForeignDomainAddress":        mipv4.ErrForeignDomainAddress,
	"mipv4.ErrSolicitationCut":             mipv4.ErrSolicitationCut,
	"mipv4.ErrSolicitationCode":            mipv4.ErrSolicitationCode,
	"mipv4.ErrTunnelDataCut":               mipv4.ErrTunnelDataCut,
	"mipv4.ErrAnswerAddress":               mipv4.ErrAnswerAddress,
	"mipv4.ErrAnswerForeign":               mipv4.ErrAnswerForeign,
	"mipv4.ErrAnswerAccepts":               mipv4.ErrAnswerAccepts,

	"dsmip.ErrPrefixLength":    dsmip.ErrPrefixLength,
	"dsmip.ErrPrefix":          dsmip.ErrPrefix,
	"dsmip.ErrLinkLocal":       dsmip.ErrLinkLocal,
	"dsmip.ErrProfile":         dsmip.ErrProfile,
	"dsmip.ErrNotAssignable":   dsmip.ErrNotAssignable,
	"dsmip.ErrAssignment":      dsmip.ErrAssignment,
	"dsmip.ErrOtherLength":     dsmip.ErrOtherLength,
	"dsmip.ErrNothingAssigned": dsmip.ErrNothingAssigned,
	"dsmip.ErrTunnelUnasked":   dsmip.ErrTunnelUnasked,

	"rules.ErrTwoChallenges":               rules.ErrTwoChallenges,
	"rules.ErrDynamicForeign":              rules.ErrDynamicForeign,
	"rules.ErrRequestLeg":                  rules.ErrRequestLeg,
	"rules.ErrReplyLeg":                    rules.ErrReplyLeg,
	"rules.ErrEdition":                     rules.ErrEdition,
	"rules.ErrKnowledge":                   rules.ErrKnowledge,
	"rules.ErrReservedFlags":               rules.ErrReservedFlags,
	"rules.ErrDynamicNAI":                  rules.ErrDynamicNAI,
	"rules.ErrDynamicRequestedHA":          rules.ErrDynamicRequestedHA,
	"rules.ErrDynamicDeregisters":          rules.ErrDynamicDeregisters,
	"rules.ErrNameless":                    rules.ErrNameless,
	"rules.ErrZeroCareOfAddress":           rules.ErrZeroCareOfAddress,
	"rules.ErrBroadcastCareOfAddress":      rules.ErrBroadcastCareOfAddress,
	"rules.ErrMulticastCareOfAddress":      rules.ErrMulticastCareOfAddress,
	"rules.ErrNoAuthorization":             rules.ErrNoAuthorization,
	"rules.ErrNoAuthorization3344":         rules.ErrNoAuthorization3344,
	"rules.ErrProxyUnclear":                rules.ErrProxyUnclear,
	"rules.ErrProxyForeignHome":            rules.ErrProxyForeignHome,
	"rules.ErrCorrespondent":               rules.ErrCorrespondent,
	"rules.ErrForeignHomeCoLocated":        rules.ErrForeignHomeCoLocated,
	"rules.ErrChallengeUnanswered":         rules.ErrChallengeUnanswered,
	"rules.ErrMobileHomeLast":              rules.ErrMobileHomeLast,
	"rules.ErrOnlyMNAAA":                   rules.ErrOnlyMNAAA,
	"rules.ErrSecondMobileHome":            rules.ErrSecondMobileHome,
	"rules.ErrSecondMNAAA":                 rules.ErrSecondMNAAA,
	"rules.ErrTwoAuthorizations3344":       rules.ErrTwoAuthorizations3344,
	"rules.ErrBehindLast":                  rules.ErrBehindLast,
	"rules.ErrMobileForeignLeg":            rules.ErrMobileForeignLeg,
	"rules.ErrSecondMobileForeign":         rules.ErrSecondMobileForeign,
	"rules.ErrMobileForeignUnknown":        rules.ErrMobileForeignUnknown,
	"rules.ErrForeignHomeLeg":              rules.ErrForeignHomeLeg,
	"rules.ErrSecondForeignHome":           rules.ErrSecondForeignHome,
	"rules.ErrForeignHomeUnknown":          rules.ErrForeignHomeUnknown,
	"rules.ErrForeignHome3344":             rules.ErrForeignHome3344,
	"rules.ErrForeignHomeDeregisters":      rules.ErrForeignHomeDeregisters,
	"rules.ErrSecondChallenge":             rules.ErrSecondChallenge,
	"rules.ErrKeyRequestAlone":             rules.ErrKeyRequestAlone,
	"rules.ErrDeliveryWithoutT":            rules.ErrDeliveryWithoutT,
	"rules.ErrRevocationNotDirect":         rules.ErrRevocationNotDirect,
	"rules.ErrRevocationWithoutD":          rules.ErrRevocationWithoutD,
	"rules.ErrRevocationUnprotected":       rules.ErrRevocationUnprotected,
	"rules.ErrTunnelRequestMobile":         rules.ErrTunnelRequestMobile,
	"rules.ErrTunnelRequestForeign":        rules.ErrTunnelRequestForeign,
	"rules.ErrServiceBeforeNAI":            rules.ErrServiceBeforeNAI,
	"rules.ErrSecondService":               rules.ErrSecondService,
	"rules.ErrSecondMultipath":             rules.ErrSecondMultipath,
	"rules.ErrGREKeyCoLocated":             rules.ErrGREKeyCoLocated,
	"rules.ErrRequestedHAUnicast":          rules.ErrRequestedHAUnicast,
	"rules.ErrHierarchicalFAUnprotected":   rules.ErrHierarchicalFAUnprotected,
	"rules.ErrRegionalUnprotected":         rules.ErrRegionalUnprotected,
	"rules.ErrProxyMethod":                 rules.ErrProxyMethod,
	"rules.ErrProxyCoLocated":              rules.ErrProxyCoLocated,
	"rules.ErrNotImplemented":              rules.ErrNotImplemented,
	"rules.ErrAstray":                      rules.ErrAstray,
	"rules.ErrVendorFromMobile":            rules.ErrVendorFromMobile,
	"rules.ErrVendorFromForeign":           rules.ErrVendorFromForeign,
	"rules.ErrVendorInReply":               rules.ErrVendorInReply,
	"rules.ErrForeignCodeFromHome":         rules.ErrForeignCodeFromHome,
	"rules.ErrProxyCode65":                 rules.ErrProxyCode65,
	"rules.ErrReplyNoMobileHome":           rules.ErrReplyNoMobileHome,
	"rules.ErrReplySecondMobileHome":       rules.ErrReplySecondMobileHome,
	"rules.ErrReplyMNAAA":                  rules.ErrReplyMNAAA,
	"rules.ErrReplyOrder":                  rules.ErrReplyOrder,
	"rules.ErrChallengeBehindForeign":      rules.ErrChallengeBehindForeign,
	"rules.ErrFAErrorAlone":                rules.ErrFAErrorAlone,
	"rules.ErrKeyReplyForeign":             rules.ErrKeyReplyForeign,
	"rules.ErrKeyReplyHome":                rules.ErrKeyReplyHome,
	"rules.ErrRedirectMissing":             rules.ErrRedirectMissing,
	"rules.ErrRedirectCode":                rules.ErrRedirectCode,
	"rules.ErrSecondTunnelingMode":         rules.ErrSecondTunnelingMode,
	"rules.ErrTunnelingModeCareOf":         rules.ErrTunnelingModeCareOf,
	"rules.ErrTunnelingModeForeign":        rules.ErrTunnelingModeForeign,
	"rules.ErrTunnelingModeCoLocated":      rules.ErrTunnelingModeCoLocated,
	"rules.ErrTunnelingModeRegistered":     rules.ErrTunnelingModeRegistered,
	"rules.ErrLinkLocalLength":             rules.ErrLinkLocalLength,
	"rules.ErrZeroPrefix":                  rules.ErrZeroPrefix,
	"rules.ErrInterfaceIdentifier":         rules.ErrInterfaceIdentifier,
	"rules.ErrIdentifierLength":            rules.ErrIdentifierLength,
	"rules.ErrHostBits":                    rules.ErrHostBits,
	"rules.ErrSecondPrefixReply":           rules.ErrSecondPrefixReply,
	"rules.ErrPrefixUnasked":               rules.ErrPrefixUnasked,
	"rules.ErrTunnelEncapsulation":         rules.ErrTunnelEncapsulation,
	"rules.ErrOtherHomeAgent":              rules.ErrOtherHomeAgent,
	"rules.ErrUnknownHomeAgentCopied":      rules.ErrUnknownHomeAgentCopied,
	"rules.ErrAssignedHA":                  rules.ErrAssignedHA,
	"rules.ErrRedirectUnasked":             rules.ErrRedirectUnasked,
	"rules.ErrLongerLifetime":              rules.ErrLongerLifetime,
	"rules.ErrDenialIdentification":        rules.ErrDenialIdentification,
	"rules.ErrDenialLifetime":              rules.ErrDenialLifetime,
	"rules.ErrDenialTooLong":               rules.ErrDenialTooLong,
	"rules.ErrTunnelMandatory":             rules.ErrTunnelMandatory,
	"rules.ErrNAIMissing":                  rules.ErrNAIMissing,
	"rules.ErrChallengeChanged":            rules.ErrChallengeChanged,
	"rules.ErrKeyReplyMissing":             rules.ErrKeyReplyMissing,
	"rules.ErrTunnelReplyUnasked":          rules.ErrTunnelReplyUnasked,
	"rules.ErrTunnelReplyForced":           rules.ErrTunnelReplyForced,
	"rules.ErrTunnelReplyZone":             rules.ErrTunnelReplyZone,
	"rules.ErrGREKeyUnasked":               rules.ErrGREKeyUnasked,
	"rules.ErrRevocationUnasked":           rules.ErrRevocationUnasked,
	"rules.ErrRevocationInform":            rules.ErrRevocationInform,
	"rules.ErrServiceUnasked":              rules.ErrServiceUnasked,
	"rules.ErrGatewayMissing":              rules.ErrGatewayMissing,
	"rules.ErrProxyMethodMissing":          rules.ErrProxyMethodMissing,
	"rules.ErrOtherNAI":                    rules.ErrOtherNAI,
	"rules.ErrChallengeUsed":               rules.ErrChallengeUsed,
	"rules.ErrGREKeyMissing":               rules.ErrGREKeyMissing,
	"rules.ErrOtherGateway":                rules.ErrOtherGateway,
	"rules.ErrRouteOptimizationFlags":      rules.ErrRouteOptimizationFlags,
	"rules.ErrRouteOptimizationMissing":    rules.ErrRouteOptimizationMissing,
	"rules.ErrMobileNetworkAckDeregisters": rules.ErrMobileNetworkAckDeregisters,
	"rules.ErrPrefixUnanswered":            rules.ErrPrefixUnanswered,
	"rules.ErrMobileNetworkCode":           rules.ErrMobileNetworkCode,
	"rules.ErrReplyForeignHomeUnknown":     rules.ErrReplyForeignHomeUnknown,
	"rules.ErrRouteOptimizationUnasked":    rules.ErrRouteOptimizationUnasked,
	"rules.ErrPrefixesUnasked":             rules.ErrPrefixesUnasked,
	"rules.ErrImplicitAcknowledgement":     rules.ErrImplicitAcknowledgement,
	"rules.ErrNetworkUnasked":              rules.ErrNetworkUnasked,
	"rules.ErrReservedSPIMobileHome":       rules.ErrReservedSPIMobileHome,
	"rules.ErrReservedSPIMobileForeign":    rules.ErrReservedSPIMobileForeign,
	"rules.ErrReservedSPIForeignHome":      rules.ErrReservedSPIForeignHome,
	"rules.ErrReservedSPIMNAAA":            rules.ErrReservedSPIMNAAA,
	"rules.ErrDirectWithoutD":              rules.ErrDirectWithoutD,
	"rules.ErrHomeWithD":                   rules.ErrHomeWithD,
	"rules.ErrHomeCareOf":                  rules.ErrHomeCareOf,
	"rules.ErrRequestHomeAddress":          rules.ErrRequestHomeAddress,
	"rules.ErrRequestHomeAgent":            rules.ErrRequestHomeAgent,
	"rules.ErrChallengeWithoutMNAAA":       rules.ErrChallengeWithoutMNAAA,
	"rules.ErrRevocationBetween":           rules.ErrRevocationBetween,
	"rules.ErrProxyDeregisters":            rules.ErrProxyDeregisters,
	"rules.ErrReservedSPIKeyRequest":       rules.ErrReservedSPIKeyRequest,
	"rules.ErrMobileNetworkWithoutT":       rules.ErrMobileNetworkWithoutT,
	"rules.ErrTraversalReplyUnset":         rules.ErrTraversalReplyUnset,
	"rules.ErrTraversalUnset":              rules.ErrTraversalUnset,
	"rules.ErrGatewayAddress":              rules.ErrGatewayAddress,
	"rules.ErrProxyIDType":                 rules.ErrProxyIDType,
	"rules.ErrChallengeNameless":           rules.ErrChallengeNameless,
	"rules.ErrEmptyNAI":                    rules.ErrEmptyNAI,
	"rules.ErrRequestedHAOther":            rules.ErrRequestedHAOther,
	"rules.ErrTunnelRequestWithoutR":       rules.ErrTunnelRequestWithoutR,
	"rules.ErrTunnelRequestWithoutT":       rules.ErrTunnelRequestWithoutT,
	"rules.ErrTunnelRequestEncapsulation":  rules.ErrTunnelRequestEncapsulation,
	"rules.ErrMobileNetworkLength":         rules.ErrMobileNetworkLength,
	"rules.ErrMobileNetworkDeregisters":    rules.ErrMobileNetworkDeregisters,
	"rules.ErrMobileNetworkAckLength":      rules.ErrMobileNetworkAckLength,
	"rules.ErrMobileNetworkAckMissing":     rules.ErrMobileNetworkAckMissing,
	"rules.ErrMobileNetworkAllFailed":      rules.ErrMobileNetworkAllFailed,
	"rules.ErrInterfaceLabel":              rules.ErrInterfaceLabel,
	"rules.ErrBindingID":                   rules.ErrBindingID,
	"rules.ErrOverwriteDeregisters":        rules.ErrOverwriteDeregisters,
	"rules.ErrRegionalLifetimeUnprotected": rules.ErrRegionalLifetimeUnprotected,
	"rules.ErrDirectSPI":                   rules.ErrDirectSPI,
	"rules.ErrSimultaneousBindings":        rules.ErrSimultaneousBindings,
	"rules.ErrChallengeOmitted":            rules.ErrChallengeOmitted,
	"rules.ErrTunnelRequestUnadvertised":   rules.ErrTunnelRequestUnadvertised,
	"rules.ErrMultipathFlags":              rules.ErrMultipathFlags,
	"rules.ErrFlowDrop":                    rules.ErrFlowDrop,
	"rules.ErrSelectorFormat":              rules.ErrSelectorFormat,
	"rules.ErrMinimalEncapsulation":        rules.ErrMinimalEncapsulation,
	"rules.ErrReplyHomeAddress":            rules.ErrReplyHomeAddress,
	"rules.ErrReplyHomeAgent":              rules.ErrReplyHomeAgent,
	"rules.ErrRedirectedHAUnicast":         rules.ErrRedirectedHAUnicast,
	"rules.ErrStatus":                      rules.ErrStatus,
	"rules.ErrRegionalLifetime":            rules.ErrRegionalLifetime,
	"rules.ErrNotHomeAgent":                rules.ErrNotHomeAgent,
	"rules.ErrForeignAsHome":               rules.ErrForeignAsHome,
	"rules.ErrRequestedHADestination":      rules.ErrRequestedHADestination,
	"rules.ErrBroadcastDestination":        rules.ErrBroadcastDestination,
	"rules.ErrSource":                      rules.ErrSource,
	"rules.ErrHomeAddressRequired":         rules.ErrHomeAddressRequired,
	"rules.ErrHomeAddressNotServed":        rules.ErrHomeAddressNotServed,
	"rules.ErrOfferedWithD":                rules.ErrOfferedWithD,
	"rules.ErrCareOfAddressNotOffered":     rules.ErrCareOfAddressNotOffered,
	"rules.ErrLifetimeTooLong":             rules.ErrLifetimeTooLong,
	"rules.ErrEncapsulationUnavailable":    rules.ErrEncapsulationUnavailable,
	"rules.ErrReverseTunnelUnavailable":    rules.ErrReverseTunnelUnavailable,
	"rules.ErrReverseTunnelMandatory":      rules.ErrReverseTunnelMandatory,
	"rules.ErrTooDistant":                  rules.ErrTooDistant,
	"rules.ErrDeliveryStyle":               rules.ErrDeliveryStyle,
	"rules.ErrUDPTunnelUnavailable":        rules.ErrUDPTunnelUnavailable,
	"rules.ErrUDPTunnelEncapsulation":      rules.ErrUDPTunnelEncapsulation,
	"rules.ErrChallengeMissing":            rules.ErrChallengeMissing,
	"rules.ErrChallengeUnknown":            rules.ErrChallengeUnknown,
	"rules.ErrChallengeStale":              rules.ErrChallengeStale,

	"tunnel.ErrAddresses":         tunnel.ErrAddresses,
	"tunnel.ErrMode":              tunnel.ErrMode,
	"tunnel.ErrNegotiated":        tunnel.ErrNegotiated,
	"tunnel.ErrDelivery":          tunnel.ErrDelivery,
	"tunnel.ErrPrefixes":          tunnel.ErrPrefixes,
	"tunnel.ErrUDPEncapsulation":  tunnel.ErrUDPEncapsulation,
	"tunnel.ErrIPv6":              tunnel.ErrIPv6,
	"tunnel.ErrNotRegistered":     tunnel.ErrNotRegistered,
	"tunnel.ErrLinkLocal":         tunnel.ErrLinkLocal,
	"tunnel.ErrLinkScope":         tunnel.ErrLinkScope,
	"tunnel.ErrSmallScope":        tunnel.ErrSmallScope,
	"tunnel.ErrNodeScope":         tunnel.ErrNodeScope,
	"tunnel.ErrNotSubscribed":     tunnel.ErrNotSubscribed,
	"tunnel.ErrHalfBound":         tunnel.ErrHalfBound,
	"tunnel.ErrForeignAgent":      tunnel.ErrForeignAgent,
	"tunnel.ErrMulticastDelivery": tunnel.ErrMulticastDelivery,
	"tunnel.ErrOnLink":            tunnel.ErrOnLink,
	"tunnel.ErrNotTunneled":       tunnel.ErrNotTunneled,
	"tunnel.ErrOuterSource":       tunnel.ErrOuterSource,
	"tunnel.ErrPort":              tunnel.ErrPort,
	"tunnel.ErrEndpoint":          tunnel.ErrEndpoint,
	"tunnel.ErrEncapsulation":     tunnel.ErrEncapsulation,
	"tunnel.ErrKey":               tunnel.ErrKey,
	"tunnel.ErrHomeMode":          tunnel.ErrHomeMode,
	"tunnel.ErrMLD":               tunnel.ErrMLD,
	"tunnel.ErrInnerSource":       tunnel.ErrInnerSource,
	"tunnel.ErrInnerSource5454":   tunnel.ErrInnerSource5454,
	"tunnel.ErrInvalidSource":     tunnel.ErrInvalidSource,
	"tunnel.ErrKeepalive":         tunnel.ErrKeepalive,
	"tunnel.ErrIPv4Cut":           tunnel.ErrIPv4Cut,
	"tunnel.ErrIPv4Checksum":      tunnel.ErrIPv4Checksum,
	"tunnel.ErrFragment":          tunnel.ErrFragment,
	"tunnel.ErrIPv6Cut":           tunnel.ErrIPv6Cut,
	"tunnel.ErrVersion":           tunnel.ErrVersion,
	"tunnel.ErrProtocol":          tunnel.ErrProtocol,
	"tunnel.ErrGRECut":            tunnel.ErrGRECut,
	"tunnel.ErrGREReserved":       tunnel.ErrGREReserved,
	"tunnel.ErrGREVersion":        tunnel.ErrGREVersion,
	"tunnel.ErrGREChecksum":       tunnel.ErrGREChecksum,
	"tunnel.ErrProtocolType":      tunnel.ErrProtocolType,
	"tunnel.ErrMinimalCut":        tunnel.ErrMinimalCut,
	"tunnel.ErrMinimalChecksum":   tunnel.ErrMinimalChecksum,
	"tunnel.ErrMinimalIPv6":       tunnel.ErrMinimalIPv6,
	"tunnel.ErrPath":              tunnel.ErrPath,
	"tunnel.ErrTooLong":           tunnel.ErrTooLong,
	"tunnel.ErrTTL":               tunnel.ErrTTL,
	"tunnel.ErrIPv4Address":       tunnel.ErrIPv4Address,

	"rules.ErrMessage":                          rules.ErrMessage,
	"rules.ErrMessageLeg":                       rules.ErrMessageLeg,
	"rules.ErrMessageReserved":                  rules.ErrMessageReserved,
	"rules.ErrMessageReservedUndefined":         rules.ErrMessageReservedUndefined,
	"rules.ErrMessageSPI":                       rules.ErrMessageSPI,
	"rules.ErrSecondAuthentication":             rules.ErrSecondAuthentication,
	"rules.ErrOtherAuthentication":              rules.ErrOtherAuthentication,
	"rules.ErrBehindAuthentication":             rules.ErrBehindAuthentication,
	"rules.ErrUnprotected":                      rules.ErrUnprotected,
	"rules.ErrRegistrationExtension":            rules.ErrRegistrationExtension,
	"rules.ErrVendorInMessage":                  rules.ErrVendorInMessage,
	"rules.ErrMessageStringAuthor":              rules.ErrMessageStringAuthor,
	"rules.ErrMessageStringUnclear":             rules.ErrMessageStringUnclear,
	"rules.ErrMessageStringMessage":             rules.ErrMessageStringMessage,
	"rules.ErrNextHeader":                       rules.ErrNextHeader,
	"rules.ErrRevocationFromMobile":             rules.ErrRevocationFromMobile,
	"rules.ErrRevocationDirection":              rules.ErrRevocationDirection,
	"rules.ErrRevocationInformBit":              rules.ErrRevocationInformBit,
	"rules.ErrHomeDomainZero":                   rules.ErrHomeDomainZero,
	"rules.ErrRevocationAddress":                rules.ErrRevocationAddress,
	"rules.ErrRevocationForeignHome":            rules.ErrRevocationForeignHome,
	"rules.ErrRevocationMobileHome":             rules.ErrRevocationMobileHome,
	"rules.ErrAcknowledgmentForeignHome":        rules.ErrAcknowledgmentForeignHome,
	"rules.ErrAcknowledgmentMobileHome":         rules.ErrAcknowledgmentMobileHome,
	"rules.ErrRevocationProtection":             rules.ErrRevocationProtection,
	"rules.ErrRegionalAuthentication":           rules.ErrRegionalAuthentication,
	"rules.ErrRegionalDenial":                   rules.ErrRegionalDenial,
	"rules.ErrRegionalForeignHome":              rules.ErrRegionalForeignHome,
	"rules.ErrRegionalMobileForeign":            rules.ErrRegionalMobileForeign,
	"rules.ErrRegionalExtension":                rules.ErrRegionalExtension,
	"rules.ErrRegionalCareOfAddress":            rules.ErrRegionalCareOfAddress,
	"rules.ErrRegionalRequestGateway":           rules.ErrRegionalRequestGateway,
	"rules.ErrRegionalReplyGateway":             rules.ErrRegionalReplyGateway,
	"rules.ErrRegionalCode":                     rules.ErrRegionalCode,
	"rules.ErrHandoffAuthentication":            rules.ErrHandoffAuthentication,
	"rules.ErrHandoffRenewal":                   rules.ErrHandoffRenewal,
	"rules.ErrHandoffKind":                      rules.ErrHandoffKind,
	"rules.ErrHandoffTunnel":                    rules.ErrHandoffTunnel,
	"rules.ErrHandoffEncapsulation":             rules.ErrHandoffEncapsulation,
	"rules.ErrHandoffThird":                     rules.ErrHandoffThird,
	"rules.ErrHandoffLinkLayer":                 rules.ErrHandoffLinkLayer,
	"rules.ErrHandoffAddress":                   rules.ErrHandoffAddress,
	"rules.ErrHandoffCode":                      rules.ErrHandoffCode,
	"rules.ErrHandoffLifetime":                  rules.ErrHandoffLifetime,
	"rules.ErrFastAuthentication":               rules.ErrFastAuthentication,
	"rules.ErrFastBindingTooLong":               rules.ErrFastBindingTooLong,
	"rules.ErrFastAddress":                      rules.ErrFastAddress,
	"rules.ErrFastCareOfAddress":                rules.ErrFastCareOfAddress,
	"rules.ErrFastCode":                         rules.ErrFastCode,
	"rules.ErrFastNewCareOfAddress":             rules.ErrFastNewCareOfAddress,
	"rules.ErrNotificationDirection":            rules.ErrNotificationDirection,
	"rules.ErrNotificationLeg":                  rules.ErrNotificationLeg,
	"rules.ErrNotificationMobileHome":           rules.ErrNotificationMobileHome,
	"rules.ErrNotificationMobileForeign":        rules.ErrNotificationMobileForeign,
	"rules.ErrNotificationForeignHome":          rules.ErrNotificationForeignHome,
	"rules.ErrNotificationAckMobileHome":        rules.ErrNotificationAckMobileHome,
	"rules.ErrNotificationAckMobileForeign":     rules.ErrNotificationAckMobileForeign,
	"rules.ErrNotificationAckForeignHome":       rules.ErrNotificationAckForeignHome,
	"rules.ErrNotificationRelayed":              rules.ErrNotificationRelayed,
	"rules.ErrNotificationRelayedWithout":       rules.ErrNotificationRelayedWithout,
	"rules.ErrNotificationRelayedForeignHome":   rules.ErrNotificationRelayedForeignHome,
	"rules.ErrRevocationInformUnagreed":         rules.ErrRevocationInformUnagreed,
	"rules.ErrNotificationRelayedMobileForeign": rules.ErrNotificationRelayedMobileForeign,
	"rules.ErrNotificationUnprotected":          rules.ErrNotificationUnprotected,
	"rules.ErrNotificationExtension":            rules.ErrNotificationExtension,
	"rules.ErrNotificationUnknown":              rules.ErrNotificationUnknown,
	"rules.ErrNotificationEmpty":                rules.ErrNotificationEmpty,
	"rules.ErrNotificationCode":                 rules.ErrNotificationCode,
	"rules.ErrNotificationAddress":              rules.ErrNotificationAddress,
	"rules.ErrTestExtension":                    rules.ErrTestExtension,
	"rules.ErrExperimental":                     rules.ErrExperimental,
	"rules.ErrHandoffReplyLinkLayer":            rules.ErrHandoffReplyLinkLayer,
	"rules.ErrHandoffOneWay":                    rules.ErrHandoffOneWay,
	"rules.ErrAsked":                            rules.ErrAsked,
	"rules.ErrRevocationIdentifier":             rules.ErrRevocationIdentifier,
	"rules.ErrRevocationHomeAddress":            rules.ErrRevocationHomeAddress,
	"rules.ErrRevocationAcknowledger":           rules.ErrRevocationAcknowledger,
	"rules.ErrAcknowledgmentInform":             rules.ErrAcknowledgmentInform,
	"rules.ErrRegionalOtherGateway":             rules.ErrRegionalOtherGateway,
	"rules.ErrHandoffIdentification":            rules.ErrHandoffIdentification,
	"rules.ErrHandoffAnswer":                    rules.ErrHandoffAnswer,
	"rules.ErrHandoffOther":                     rules.ErrHandoffOther,
	"rules.ErrHandoffLonger":                    rules.ErrHandoffLonger,
	"rules.ErrHandoffRenewedLonger":             rules.ErrHandoffRenewedLonger,
	"rules.ErrHandoffReverseTunnel":             rules.ErrHandoffReverseTunnel,
	"rules.ErrHandoffHomeTunnel":                rules.ErrHandoffHomeTunnel,
	"rules.ErrFastIdentification":               rules.ErrFastIdentification,
	"rules.ErrFastIdentificationHigh":           rules.ErrFastIdentificationHigh,
	"rules.ErrFastOther":                        rules.ErrFastOther,
	"rules.ErrFastLonger":                       rules.ErrFastLonger,
	"rules.ErrNotificationIdentification":       rules.ErrNotificationIdentification,
	"rules.ErrNotificationAnswer":               rules.ErrNotificationAnswer,
	"rules.ErrNotificationRelayDenied":          rules.ErrNotificationRelayDenied,
	"rules.ErrNotificationOther":                rules.ErrNotificationOther,
	"rules.ErrNotificationOtherCareOf":          rules.ErrNotificationOtherCareOf,
	"rules.ErrNotificationBlamed":               rules.ErrNotificationBlamed,
	"rules.ErrTestCookie":                       rules.ErrTestCookie,
	"rules.ErrAdvertisementTTL":                 rules.ErrAdvertisementTTL,
	"rules.ErrAdvertisementDestination":         rules.ErrAdvertisementDestination,
	"rules.ErrAdvertisementLifetime":            rules.ErrAdvertisementLifetime,
	"rules.ErrSecondMobilityAgent":              rules.ErrSecondMobilityAgent,
	"rules.ErrAdvertisementReserved":            rules.ErrAdvertisementReserved,
	"rules.ErrCareOfAddressWithoutForeign":      rules.ErrCareOfAddressWithoutForeign,
	"rules.ErrForeignService":                   rules.ErrForeignService,
	"rules.ErrAdvertisedCareOfAddress":          rules.ErrAdvertisedCareOfAddress,
	"rules.ErrDynamicGateway":                   rules.ErrDynamicGateway,
	"rules.ErrRegionalBit":                      rules.ErrRegionalBit,
	"rules.ErrRegionalWithoutCareOfAddress":     rules.ErrRegionalWithoutCareOfAddress,
	"rules.ErrRegionalWithoutNAI":               rules.ErrRegionalWithoutNAI,
	"rules.ErrRevocationNotRequired":            rules.ErrRevocationNotRequired,
	"rules.ErrNoRegistrationLifetime":           rules.ErrNoRegistrationLifetime,
	"rules.ErrSequenceRepeated":                 rules.ErrSequenceRepeated,
	"rules.ErrPrefixLengthsFirst":               rules.ErrPrefixLengthsFirst,
	"rules.ErrSecondPrefixLengths":              rules.ErrSecondPrefixLengths,
	"rules.ErrPrefixLengthsMixed":               rules.ErrPrefixLengthsMixed,
	"rules.ErrSecondPadding":                    rules.ErrSecondPadding,
	"rules.ErrPaddingNotLast":                   rules.ErrPaddingNotLast,
	"rules.ErrPaddingOdd":                       rules.ErrPaddingOdd,
	"rules.ErrChallengeShort":                   rules.ErrChallengeShort,
	"rules.ErrSecondAgentChallenge":             rules.ErrSecondAgentChallenge,
	"rules.ErrChallengeWithoutForeign":          rules.ErrChallengeWithoutForeign,
	"rules.ErrFANAIFirst":                       rules.ErrFANAIFirst,
	"rules.ErrExperimentalAdvertised":           rules.ErrExperimentalAdvertised,

	"agent.ErrReceiver":           agent.ErrReceiver,
	"agent.ErrArrival":            agent.ErrArrival,
	"agent.ErrLegUntold":          agent.ErrLegUntold,
	"agent.ErrReplayUntold":       agent.ErrReplayUntold,
	"agent.ErrAsked":              agent.ErrAsked,
	"agent.ErrSourceAddress":      agent.ErrSourceAddress,
	"agent.ErrManyAuthorizations": agent.ErrManyAuthorizations,
	"agent.ErrRefused":            agent.ErrRefused,
	"agent.ErrReplyCode":          agent.ErrReplyCode,
	"agent.ErrDestination":        agent.ErrDestination,
	"agent.ErrUnsigned":           agent.ErrUnsigned,
}
