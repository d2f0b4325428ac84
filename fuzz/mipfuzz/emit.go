package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// emitKey signs what is emitted without -key.
const emitKey = "000102030405060708090a0b0c0d0e0f"

func emit(ctx context.Context, args []string, stdout io.Writer) error {
	o := newOptions("emit", 1000, code.MNtoHA, stdout)
	format := o.flags.String("format", "hex", "hex, files or corpus")
	dir := o.flags.String("out", "", "the `directory` that files and corpus are written to")
	timeVar(o.flags, &o.setup.Epoch, "epoch", "the `time` of case 0, as 2026-01-01T00:00:00Z, which is the default")
	if err := o.parse(args, emitKey); err != nil {
		return err
	}
	c, err := fuzz.New(o.setup)
	if err != nil {
		return err
	}
	var write func(i uint64, packet []byte) error
	flush := func() error { return nil }
	switch *format {
	case "hex":
		out := bufio.NewWriterSize(stdout, 1<<16)
		flush = out.Flush
		var line []byte
		write = func(_ uint64, packet []byte) error {
			line = append(hex.AppendEncode(line[:0], packet), '\n')
			_, err := out.Write(line)
			return err
		}
	case "files", "corpus":
		if *dir == "" {
			return errors.New("-format " + *format + " needs -out")
		}
		if err := os.MkdirAll(*dir, 0o755); err != nil {
			return err
		}
		write = func(i uint64, packet []byte) error {
			name := o.fileName(i)
			if *format == "files" {
				return os.WriteFile(filepath.Join(*dir, name+".bin"), packet, 0o644)
			}
			entry := "go test fuzz v1\n[]byte(" + strconv.Quote(string(packet)) + ")\n"
			return os.WriteFile(filepath.Join(*dir, name), []byte(entry), 0o644)
		}
	default:
		return errors.New("-format is hex, files or corpus")
	}
	buf := make([]byte, 0, 1<<16)
	for n := range o.count {
		if n&0xfff == 0 && ctx.Err() != nil {
			return errors.Join(flush(), errInterrupted)
		}
		i := o.from + n
		k := c.Case(i, buf)
		if err := write(i, k.Packet); err != nil {
			return err
		}
	}
	return flush()
}
