#!/bin/bash -eu
# Builds every target of fuzz/native for libFuzzer, with the golden packets as
# its seed corpus: what a target gives F.Add has no effect in these builds.
set -o pipefail
cd "$SRC/dsmipv4"

# The image runs this with bash -x, which would print every seed.
set +x

packets=()
for file in testdata/golden/*/*.hex; do
  packets+=("$(sed 's/#.*//' "$file" | tr -d '[:space:]')")
done

for target in $(sed -n 's/^func \(Fuzz[[:alnum:]]*\)(.*testing\.F).*/\1/p' fuzz/native/*_test.go); do
  fuzzer=$(sed 's/\B[A-Z]/_&/g; s/.*/\L&/' <<<"$target")
  compile_native_go_fuzzer_v2 github.com/go-mobileip/dsmipv4/fuzz/native "$target" "$fuzzer"
  # That succeeds without building a target whose name begins another's.
  [ -x "$OUT/$fuzzer" ] || { echo "$target was not built" >&2; exit 1; }

  # The bytes of an input are the arguments of fixed size first, in order and
  # big-endian, then a weight for each []byte, by which these share the rest.
  seeds=$(mktemp -d)
  for i in "${!packets[@]}"; do
    packet=${packets[i]}
    # Where the extensions begin: in a reply, Type 3, and in a request.
    [[ $packet == 03* ]] && fixed=20 || fixed=24
    case $target in
      FuzzAdvertisement) printf -v arguments %02x01 $((i & 0xff)) ;;
      FuzzAppendRaw) printf -v arguments %02x%02x0101 $((i & 0xff)) $((i >> 8)) ;;
      FuzzCheck | FuzzMessage) printf -v arguments %04x01 $((i * 1021 & 0xffff)) ;;
      FuzzJudge) printf -v arguments %04x%02x01 "$i" $((i & 0xff)) ;;
      FuzzSign) printf -v arguments %02x%04x01 $((i & 0xff)) $((i * 7 & 0xffff)) ;;
      FuzzWalk) printf -v arguments %016x%016x%02x01 "$fixed" "$i" $((i & 0xff)) ;;
      FuzzDecode) arguments=01 packet=${packet:2*fixed} ;;
      FuzzAppendFilled | FuzzParse | FuzzReference) arguments=01 ;;
      *) echo "how $target takes a packet is not said here" >&2; exit 1 ;;
    esac
    printf %b "$(sed 's/../\\x&/g' <<<"$arguments$packet")" >"$seeds/$i"
  done
  zip -qj "$OUT/${fuzzer}_seed_corpus.zip" "$seeds"/*
  rm -r "$seeds"
done
