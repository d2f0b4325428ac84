package main

import (
	"bytes"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// process is the target where mipfuzz starts it itself.
type process struct {
	line   string
	output bounded

	mu      sync.Mutex
	cmd     *exec.Cmd
	exited  chan struct{} // closed when cmd has ended
	how     string        // it ended
	started time.Time
}

// outputKept bounds what is kept of a target's output, of the first octets since it was
// started, where sanitizers and runtimes say what is wrong, and of the last.
const outputKept = 16 << 10

// bounded keeps the first and the last octets that are written to it.
type bounded struct {
	mu          sync.Mutex
	first, last []byte
	complaints  complaints
}

func (b *bounded) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(p)
	b.complaints.scan(p)
	if room := outputKept - len(b.first); room > 0 {
		k := min(room, len(p))
		b.first = append(b.first, p[:k]...)
		p = p[k:]
	}
	b.last = append(b.last, p...)
	if over := len(b.last) - outputKept; over > 0 {
		b.last = append(b.last[:0], b.last[over:]...)
	}
	return n, nil
}

func (b *bounded) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.first, b.last, b.complaints.rest = nil, nil, nil
}

func (b *bounded) bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Join([][]byte{b.first, b.last}, nil)
}

func (p *process) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.output.reset()
	cmd := shell(p.line)
	cmd.Stdout, cmd.Stderr = &p.output, &p.output
	// Whoever inherited its output does not keep it alive.
	cmd.WaitDelay = 200 * time.Millisecond
	if err := cmd.Start(); err != nil {
		return err
	}
	p.cmd, p.exited, p.how, p.started = cmd, make(chan struct{}), "", time.Now()
	go func(exited chan struct{}) {
		_ = cmd.Wait() // what it was is in ProcessState
		p.mu.Lock()
		if p.cmd == cmd { // and no other is running by now
			p.how = howEnded(cmd)
		}
		p.mu.Unlock()
		close(exited)
	}(p.exited)
	return nil
}

func howEnded(cmd *exec.Cmd) string {
	switch s := cmd.ProcessState; {
	case s == nil:
		return "is gone"
	case signalOf(s) != "":
		return "signal " + signalOf(s)
	default:
		return "exit status " + strconv.Itoa(s.ExitCode())
	}
}

// ended reports whether the process has ended, within a time.
func (p *process) ended(within time.Duration) bool {
	p.mu.Lock()
	exited := p.exited
	p.mu.Unlock()
	select {
	case <-exited:
		return true
	default:
	}
	if within <= 0 {
		return false
	}
	select {
	case <-exited:
		return true
	case <-time.After(within):
		return false
	}
}

// stop ends it and waits, for a second at most before it is killed.
func (p *process) stop() {
	p.mu.Lock()
	cmd := p.cmd
	p.mu.Unlock()
	if cmd == nil {
		return
	}
	if !p.ended(0) {
		terminate(cmd.Process, false)
	}
	if !p.ended(time.Second) {
		terminate(cmd.Process, true)
		p.ended(time.Second)
	}
}

// death says how it ended, and what it said last.
func (p *process) death() (how, said string) {
	p.mu.Lock()
	how = p.how
	p.mu.Unlock()
	return how, tellingLine(p.output.bytes(), p.output.survived)
}

var (
	telling = regexp.MustCompile(`(?m)^.*(SUMMARY: .*|panic: .*|fatal error: .*|SIG[A-Z]+: .*|runtime error: .*|ERROR: [A-Z].*|Assertion .*|terminate called .*|\*\*\* .*|[A-Za-z.]+(Error|Exception): .*|Segmentation fault.*)$`)
	numbers = regexp.MustCompile(`0x[0-9a-fA-F]+|\b[0-9a-fA-F]{6,}\b|==[0-9]+==|[0-9]+`)
)

// tellingLine returns the line by which one death differs from another, with numbers
// that differ from run to run replaced: a sanitizer's summary, a panic, else the last
// line that was written. What was said up to a line that it is known to live on with is
// left out.
func tellingLine(output []byte, survived func(line []byte) bool) string {
	end, past := 0, 0
	for l := range bytes.Lines(output) {
		if end += len(l); survived(bytes.TrimSpace(l)) {
			past = end
		}
	}
	output = output[past:]
	line := ""
	if all := telling.FindAll(output, -1); len(all) > 0 {
		line = string(all[0])
		for _, l := range all {
			if bytes.Contains(l, []byte("SUMMARY: ")) {
				line = string(l)
			}
		}
	} else if lines := strings.Split(strings.TrimSpace(string(output)), "\n"); len(lines) > 0 {
		line = lines[len(lines)-1]
	}
	line = strings.TrimSpace(numbers.ReplaceAllString(line, "N"))
	return harmless(line)
}

// harmless returns the start of what the target said, without what could do something to
// a terminal.
func harmless(said string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, said[:min(len(said), 200)])
}
