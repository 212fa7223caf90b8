#!/usr/bin/env bash
# What it costs to list packages: of a Debian root file system, of 20,000 files with several ecosystems, of a million empty files, and of a
# second image on a base that is known.
#
#   bench/packages.sh [ROUNDS]
#
# Makes its inputs with mmdebstrap and npm. Prints user+sys seconds, wall seconds and the peak in MB of each round. No peer that lists packages
# of images can be had from Debian.
set -euo pipefail
rounds=${1:-5}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
strata=${STRATA:-$here/artifacts/dist/strata}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/strata-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export STRATA_ROOT=$work/root

measure() { # NAME COMMAND...
  local name=$1
  shift
  /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" >"$work/out"
  awk -v name="$name" '{ printf "%-52s %6.2f %6.2f %6.0f\n", name, $1 + $2, $3, $4 / 1024 }' "$work/time"
}

echo "making the inputs" >&2
mmdebstrap --quiet --variant=minbase bookworm "$work/base.tar"
mkdir "$work/base" "$work/mix"
tar -xf "$work/base.tar" -C "$work/base"
cp -a "$work/base/." "$work/mix/"
mkdir -p "$work/mix/srv/app"
(cd "$work/mix/srv/app" && npm init -y && npm install --no-audit --no-fund --ignore-scripts express webpack eslint jest @babel/core @babel/preset-env mocha rollup) >"$work/npm.log" 2>&1
cp -a "$here/artifacts/dist/web" "$work/mix/opt/"
tar -C "$work/mix" -cf "$work/mix.tar" .
python3 - "$work/million.tar" <<'PY'
import sys, tarfile
with tarfile.open(sys.argv[1], "w", format=tarfile.GNU_FORMAT) as tar:
    for folder in range(1000):
        for file in range(1000):
            tar.addfile(tarfile.TarInfo(f"d{folder}/file-{file}.json"))
PY
"$strata" import "$work/base.tar" bench/base:1 >/dev/null
"$strata" import "$work/mix.tar" bench/mix:1 >/dev/null
"$strata" import "$work/million.tar" bench/million:1 >/dev/null
dpkg=$(dpkg-query --admindir="$work/base/var/lib/dpkg" -W | wc -l)
echo "dpkg knows $dpkg packages; strata $("$strata" packages -q bench/base:1 | wc -l), and $("$strata" packages -q bench/mix:1 | wc -l) in $(find "$work/mix" | wc -l) paths"

printf '%-52s %6s %6s %6s\n' "" CPU wall MB
for _ in $(seq "$rounds"); do
  measure "Debian minbase, folder" "$strata" packages "dir:$work/base"
  measure "several ecosystems, folder" "$strata" packages "dir:$work/mix"
  # What is known of the layers is forgotten, so that they are read.
  rm -rf "$work/root/facts"
  measure "Debian minbase, image" "$strata" packages bench/base:1
  measure "Debian minbase, image whose layers are known" "$strata" packages bench/base:1
  measure "several ecosystems, image" "$strata" packages bench/mix:1
  measure "a million empty files, image" "$strata" packages bench/million:1
done
