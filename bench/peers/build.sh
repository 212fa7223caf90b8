#!/usr/bin/env bash
# Builds side by side: strata and buildah, in alternating rounds. A context of 1,000 small files and one of 100 MB, over an empty base.
#
#   bench/peers/build.sh [ROUNDS]
#
# Cases: cold (nothing cached), cached (nothing changed), changed (one small file). Prints user+sys and wall seconds of each round, then the medians
# and the ratios, and the most memory that each took. Then what a RUN costs over the same program in a bare `runc run`. Needs root, as buildah does here.
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
  /usr/bin/time -f '%U %S %e %M' "$@" >/dev/null 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  printf '%s %s\n' "$name" "$(tail -n 1 "$work/errors" | awk '{ print $1 + $2, $3, $4 }')" | tee -a "$work/results"
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

echo
most() { grep " $1 " "$work/results" | cut -d' ' -f5 | sort -n | tail -n 1; }
printf 'most memory: strata %d MiB, buildah %d MiB\n' $(($(most strata) / 1024)) $(($(most buildah) / 1024))

# A RUN: twenty steps that do nothing, over busybox, against twenty bare runs of the same program.
steps=20
run=$work/run-context bundle=$work/bundle
mkdir -p "$run/bin" "$bundle/rootfs/bin"
cp /bin/busybox "$run/bin/"
ln -s busybox "$run/bin/sh"
cp -a "$run/bin/." "$bundle/rootfs/bin/"
{ printf 'FROM scratch\nCOPY bin /bin\n'; for i in $(seq $steps); do echo "RUN : $i"; done; } >"$run/Dockerfile"
(cd "$bundle" && runc spec && sed -i 's/"terminal": true/"terminal": false/; s/"sh"/"\/bin\/sh", "-c", ":"/' config.json)
now() { date +%s%N; }
for round in $(seq "$rounds"); do
  "$strata" build -q -t run:1 --target base -f - "$run" <<<$'FROM scratch AS base\nCOPY bin /bin' >/dev/null
  begin=$(now)
  "$strata" build -q --no-cache -t run:1 "$run" >/dev/null
  middle=$(now)
  for i in $(seq $steps); do runc run -b "$bundle" "strata-bench-$$-$i" </dev/null >/dev/null; done
  end=$(now)
  echo $(((middle - begin) / 1000000 / steps)) $(((end - middle) / 1000000 / steps)) >>"$work/steps"
done
middle_of() { cut -d' ' -f"$1" "$work/steps" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf 'a RUN that does nothing: strata %d ms, runc run %d ms, over it %d ms\n' "$(middle_of 1)" "$(middle_of 2)" $(($(middle_of 1) - $(middle_of 2)))
