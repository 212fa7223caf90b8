#!/usr/bin/env bash
# `run --rm --network none IMAGE true`, side by side: strata, podman and bare runc, in alternating rounds; then 50 containers, and ps with 200.
#
#   bench/peers/run.sh [ROUNDS]
#
# Prints the medians in milliseconds. The image is Debian's busybox-static and nothing else; all is done in a folder of its own, as root.
set -euo pipefail
rounds=${1:-15}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
strata=${STRATA:-$here/artifacts/dist/strata}
[ "$(id -u)" = 0 ] || { echo "run.sh: containers need root" >&2; exit 1; }
work=$(mktemp -d /var/tmp/strata-run.XXXXXX)
podman=(podman --root "$work/podman" --runroot "$work/podman-run" --storage-driver overlay --runtime runc --cgroup-manager cgroupfs --events-backend none)
s() { "$strata" --root "$work/strata" "$@"; }
cleanup() {
  s ps -aq 2>/dev/null | xargs -r "$strata" --root "$work/strata" rm -f >/dev/null 2>&1 || true
  awk '{print $5}' /proc/self/mountinfo | grep "^$work" | sort -r | xargs -r umount -l || true
  rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work/rootfs/bin"
cp "$(command -v busybox)" "$work/rootfs/bin/"
for name in sh true sleep; do ln -s busybox "$work/rootfs/bin/$name"; done
tar -C "$work/rootfs" -cf "$work/image.tar" .
s import --change 'CMD ["true"]' "$work/image.tar" box >/dev/null
if command -v podman >/dev/null; then "${podman[@]}" import -q "$work/image.tar" box >/dev/null; fi
# The same process as bare as can be.
s run --name bare --network none box true
mkdir "$work/bundle"
(cd "$work/bundle" && runc spec && sed -i 's/"terminal": true/"terminal": false/; s/"sh"/"true"/; s#"path": "rootfs"#"path": "'"$work/rootfs"'"#; /"rlimits"/,/\],/d' config.json)

timed() { # NAME COMMAND...
  local name=$1 begin
  shift
  begin=$(date +%s%N)
  "$@" >/dev/null </dev/null
  echo "$name $((($(date +%s%N) - begin) / 1000))" >>"$work/results"
}
for round in $(seq $((rounds + 1))); do
  [ "$round" != 2 ] || : >"$work/results" # the first warms up
  timed runc runc --root "$work/runc" run --bundle "$work/bundle" "bare$round"
  timed strata s run --rm --network none box true
  if command -v podman >/dev/null; then timed podman "${podman[@]}" run --rm --network none --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 box true; fi
done
for tool in runc strata podman; do
  grep "^$tool " "$work/results" | awk '{print $2}' | sort -n | awk -v t="$tool" '{ v[NR] = $1 } END { if (NR) printf "%-8s run --rm true  %6.1f ms (median of %d)\n", t, v[int((NR + 1) / 2)] / 1000, NR }'
done

begin=$(date +%s%N)
for _ in $(seq 50); do s run -d --network none box sleep 1000 >/dev/null; done
echo "strata   50 containers, one after another  $((($(date +%s%N) - begin) / 1000000)) ms"
s ps -q | xargs "$strata" --root "$work/strata" rm -f >/dev/null
for _ in $(seq 199); do s create --network none box true >/dev/null; done
: >"$work/results"
for _ in $(seq 15); do timed ps s ps -a; done
awk '{print $2}' "$work/results" | sort -n | awk '{ v[NR] = $1 } END { printf "strata   ps -a with 200 containers  %6.1f ms (median of %d)\n", v[int((NR + 1) / 2)] / 1000, NR }'
