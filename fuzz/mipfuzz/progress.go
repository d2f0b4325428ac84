package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// progress shows, to who watches at a terminal, how far the campaign is, until the
// function that it returns is called.
func (a *attack) progress(r *reporting) (stop func()) {
	if !onTerminal(r.stderr) {
		return func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	started := time.Now()
	go func() {
		defer close(done)
		t := time.NewTicker(500 * time.Millisecond)
		defer t.Stop()
		for {
			select {
			case <-quit:
				fmt.Fprint(r.stderr, "\r\x1b[K")
				return
			case <-t.C:
				fmt.Fprint(r.stderr, "\r\x1b[K", a.progressLine(time.Since(started)))
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// progressLine says how many jobs are done, how fast, what the window is, what was
// lost, how often the target died, and the groups by rank.
func (a *attack) progressLine(since time.Duration) string {
	e := a.engine
	e.mu.Lock()
	s, window, loss := e.stats, e.window, e.lossRate()
	e.mu.Unlock()
	line := fmt.Sprintf("%d jobs, %.0f/s, window %.0f, lost %.1f%%, deaths %d;", s.jobs, float64(s.jobs)/since.Seconds(), window, 100*loss, s.deaths)
	a.book.mu.Lock()
	ranks := map[string]int{}
	for k := range a.book.groups {
		if !k.should {
			ranks[k.rank.String()]++
		}
	}
	a.book.mu.Unlock()
	var words []string
	for rank := fuzz.Crash; rank <= fuzz.Silence; rank++ {
		name := rank.String()
		if n := ranks[name]; n > 0 {
			words = append(words, fmt.Sprintf("%s %d", name, n))
		}
	}
	return line + " " + strings.Join(words, ", ")
}

// onTerminal reports whether somebody watches the writer.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
