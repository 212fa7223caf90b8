#!/usr/bin/env bash
# Builds side by side: strata and buildah, in alternating rounds. A context of 1,000 small files and one of 100 MB, over an empty base.
#
#   bench/peers/build.sh [ROUNDS]
#
# Cases: cold (nothing cached), cached (nothing changed), changed (one small file). Prints user+sys and wall seconds of each round, then the medians
# and the ratios. Needs root, as buildah does here.
set -euo pipefail
rounds=${1:-5}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
strata=${STRATA:-$here/artifacts/dist/strata}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/strata-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export STRATA_ROOT=$work/root
buildah=(buildah --root "$work/buildah" --runroot "$work/run" --storage-driver overlay)

context=$work/context
for i in $(seq 0 19); do
  mkdir -p "$context/small/d$i"
  for j in $(seq 0 49); do head -c $((1024 + (i * 50 + j) * 7)) /dev/urandom | base64 >"$context/small/d$i/f$j.txt"; done
done
{ head -c 50M /dev/urandom; head -c 50M < <(yes "a line of text that compresses well"); } >"$context/big.bin"
printf 'FROM scratch\nCOPY small /srv/small\nCOPY big.bin /srv/big.bin\n' >"$context/Dockerfile"

timed() { # CASE TOOL COMMAND...
  local name="$1 $2"
  shift 2
  /usr/bin/time -f '%U %S %e' "$@" >/dev/null 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  printf '%s %s\n' "$name" "$(tail -n 1 "$work/errors" | awk '{ print $1 + $2, $3 }')" | tee -a "$work/results"
}

for round in $(seq "$rounds"); do
  rm -rf "$STRATA_ROOT" "$work/buildah" "$work/run"
  for case in cold cached changed; do
    [ $case = changed ] && date +%N >"$context/small/d7/f7.txt"
    timed $case strata "$strata" build -q -t bench:1 "$context"
    timed $case buildah "${buildah[@]}" bud -q --layers -t bench:1 "$context"
  done
done

median() { grep "^$1 $2 " "$work/results" | cut -d' ' -f"$3" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
echo
printf '%-10s %10s %10s %8s   %10s %10s %8s\n' case "cpu strata" buildah ratio "wall strata" buildah ratio
for case in cold cached changed; do
  a=$(median $case strata 3) b=$(median $case buildah 3) c=$(median $case strata 4) d=$(median $case buildah 4)
  awk -v n=$case -v a="$a" -v b="$b" -v c="$c" -v d="$d" 'BEGIN { printf "%-10s %10.2f %10.2f %8.2f   %10.2f %10.2f %8.2f\n", n, a, b, a / b, c, d, c / d }'
done
