package main

import (
	"encoding/json"
	"flag"
	"os"
	"runtime"
	"strconv"
	"testing"
)

// agentEnv makes the test binary an agent: its value says which.
const agentEnv = "MIPFUZZ_TEST_AGENT"

// TestMain runs an agent instead of the tests where it is told to: the agents of the
// tests are processes of their own, that can die.
func TestMain(m *testing.M) {
	if spec := os.Getenv(agentEnv); spec != "" {
		var s agentSpec
		if err := json.Unmarshal([]byte(spec), &s); err != nil {
			panic(err)
		}
		s.main()
		return
	}
	flag.Parse()
	overlap()
	os.Exit(m.Run())
}

// overlap has more tests run at a time than there are processors, unless -parallel says how
// many: what they do most is to wait for agents that are slow, silent or dead.
func overlap() {
	const parallel = "test.parallel"
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == parallel })
	if !given {
		_ = flag.Set(parallel, strconv.Itoa(3*runtime.GOMAXPROCS(0)))
	}
}
