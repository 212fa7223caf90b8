#!/usr/bin/env bash
# Copies between a registry and a layout, side by side: strata and skopeo, in alternating rounds.
#
#   bench/peers/copy.sh REF [ROUNDS]      REF at a registry on loopback, such as 127.0.0.1:5000/library/python:3.11
#
# Pushes go to a new hub each round, on another port each time: skopeo remembers what it pushed where, and would not push it again.
# Prints user+sys and wall seconds of each round, then the medians and the ratios.
set -euo pipefail
ref=${1:?usage: bench/peers/copy.sh REF [ROUNDS]}
rounds=${2:-5}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
strata=${STRATA:-$here/artifacts/dist/strata}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/strata-bench.XXXXXX")
hub=
trap 'kill $hub 2>/dev/null; rm -rf "$work"' EXIT
export STRATA_ROOT=$work/root

timed() { # CASE TOOL COMMAND...
  local name="$1 $2"
  shift 2
  /usr/bin/time -f '%U %S %e' "$@" >/dev/null 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  printf '%s %s\n' "$name" "$(tail -n 1 "$work/errors" | awk '{ print $1 + $2, $3 }')" | tee -a "$work/results"
}

for round in $(seq "$rounds"); do
  registry=127.0.0.1:$((5640 + round))
  "$strata" hub serve --listen "$registry" --data "$work/hub$round" >/dev/null &
  hub=$!
  until curl -fs "http://$registry/healthz" >/dev/null; do kill -0 $hub; sleep 0.1; done
  timed to-layout strata "$strata" copy -q "docker://$ref" "oci:$work/strata$round:it"
  timed to-layout skopeo skopeo copy --quiet --src-tls-verify=false "docker://$ref" "oci:$work/skopeo$round:it"
  timed push-new strata "$strata" copy -q "oci:$work/strata$round:it" "docker://$registry/bench/strata:it"
  # The same layers are there from the other tool, in another repository: each has to bring them into its own.
  timed push-new skopeo skopeo copy --quiet --dest-tls-verify=false "oci:$work/skopeo$round:it" "docker://$registry/bench/skopeo-$round:it"
  timed push-present strata "$strata" copy -q "oci:$work/strata$round:it" "docker://$registry/bench/strata:it"
  timed push-present skopeo skopeo copy --quiet --dest-tls-verify=false "oci:$work/skopeo$round:it" "docker://$registry/bench/skopeo-$round:it"
  kill $hub
  wait $hub 2>/dev/null || true
done

awk '
  { key = $1 " " $2; cpu[key] = cpu[key] " " $3; wall[key] = wall[key] " " $4; cases[$1] = 1 }
  function median(list,   v, n, i, j, t) {
    n = split(list, v, " ")
    for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j-1] + 0 > v[j] + 0; j--) { t = v[j]; v[j] = v[j-1]; v[j-1] = t }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  END {
    printf "\n%-14s %18s %18s %10s %10s\n", "", "strata cpu / wall", "skopeo cpu / wall", "cpu ratio", "wall ratio"
    for (c in cases) {
      a = c " strata"; b = c " skopeo"
      printf "%-14s %8.2f / %7.2f %8.2f / %7.2f %10.2f %10.2f\n", c, median(cpu[a]), median(wall[a]), median(cpu[b]), median(wall[b]), median(cpu[a]) / median(cpu[b]), median(wall[a]) / median(wall[b])
    }
  }' "$work/results"
