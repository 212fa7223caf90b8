#!/usr/bin/env bash
# A pull with unpacking, side by side: strata, podman and containerd, in alternating rounds, each time into a new folder.
#
#   bench/peers/pull.sh REF [ROUNDS]      REF at a registry on loopback, such as 127.0.0.1:5000/library/python:3.11
#
# Prints user+sys and wall seconds of each round, then the medians and the ratios. A daemon's seconds are its own and its children's.
# Every run has its own folder on a file system that is made for it, in a file of BENCH_DIR: ext4 does not give an inode away again for some
# minutes and searches long for others when many were freed before, by whatever else; that would be measured instead of the tools.
set -euo pipefail
ref=${1:?usage: bench/peers/pull.sh REF [ROUNDS]}
rounds=${2:-3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
strata=${STRATA:-$here/artifacts/dist/strata}
[ "$(id -u)" = 0 ] || { echo "pull.sh: mounts a file system, and so has to run as root" >&2; exit 1; }
disk=$(mktemp "${BENCH_DIR:-/var/tmp}/strata-bench.XXXXXX")
work=$disk.d
trap 'umount -l "$work"; rm -rf "$disk" "$work"' EXIT
truncate -s 64G "$disk"
mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 "$disk"
mkdir "$work"
mount -o loop "$disk" "$work"

now() { date +%s.%N; }
seconds_of() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13 + $14 + $15) / hz }' "/proc/$1/stat"; }
record() { printf '%s %s %s\n' "$1" "$2" "$3" | tee -a "$work/results"; }

# What the tool before has left for the disk is not the next one's to write, and all begin with the same memory: on a virtual machine, pages
# that were not used before cost several times as much as others.
settle() { sync && echo 3 >/proc/sys/vm/drop_caches; }

timed() { # NAME COMMAND...
  local name=$1 begin cpu
  shift
  settle
  begin=$(now)
  cpu=$({ /usr/bin/time -f '%U %S' "$@" >/dev/null 2>"$work/errors"; } 2>&1; tail -n 1 "$work/errors" | awk '{ print $1 + $2 }')
  record "$name" "$cpu" "$(echo "$(now) - $begin" | bc)"
}

with_containerd() { # ROUND
  local root=$work/ctr$1 pid begin before
  mkdir -p "$root"
  printf 'version = 2\nroot = "%s/root"\nstate = "%s/state"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "%s/sock"\n' "$root" "$root" "$root" >"$root/config.toml"
  containerd -c "$root/config.toml" >"$root/log" 2>&1 &
  pid=$!
  until ctr -a "$root/sock" version >/dev/null 2>&1; do kill -0 $pid; sleep 0.1; done
  before=$(seconds_of $pid)
  settle
  begin=$(now)
  ctr -a "$root/sock" images pull --plain-http "$ref" >/dev/null
  record containerd "$(echo "$(seconds_of $pid) - $before" | bc)" "$(echo "$(now) - $begin" | bc)"
  kill $pid
  wait $pid 2>/dev/null || true
}

for round in $(seq "$rounds"); do
  timed strata "$strata" --root "$work/strata$round" pull -q "$ref"
  if command -v containerd >/dev/null; then with_containerd "$round"; fi
  if command -v podman >/dev/null; then
    timed podman podman --root "$work/podman$round" --runroot "$work/run$round" --storage-driver overlay pull -q --tls-verify=false "$ref"
  fi
done

awk '
  { cpu[$1] = cpu[$1] " " $2; wall[$1] = wall[$1] " " $3 }
  function median(list,   v, n, i, j, t) {
    n = split(list, v, " ")
    for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j-1] + 0 > v[j] + 0; j--) { t = v[j]; v[j] = v[j-1]; v[j-1] = t }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  END {
    printf "\n%-12s %10s %10s %12s %12s\n", "", "user+sys", "wall", "strata/it", "wall ratio"
    for (tool in cpu) printf "%-12s %10.2f %10.2f %12.2f %12.2f\n", tool, median(cpu[tool]), median(wall[tool]), median(cpu["strata"]) / median(cpu[tool]), median(wall["strata"]) / median(wall[tool])
  }' "$work/results"
