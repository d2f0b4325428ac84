package main

import (
	"encoding/json"
	"os"
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
	os.Exit(m.Run())
}
