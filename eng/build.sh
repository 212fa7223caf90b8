#!/usr/bin/env bash
# Builds the product into artifacts/dist: `strata` (NativeAOT) and beside it web/strata-web. Says what it does, in a line a step.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dist=$here/artifacts/dist
log=$here/artifacts/build.log
mkdir -p "$here/artifacts"

# Two that build at once would write the same files.
exec 9>"$here/artifacts/build.lock"
flock 9
"$here/eng/stale.sh" || exit 0

command -v dotnet >/dev/null || {
  echo "strata: the .NET 10 SDK is not installed" >&2
  echo "  get it from https://dotnet.microsoft.com/download, then run this again" >&2
  exit 1
}

step() { printf '  %-44s' "$1" >&2; }
run() {
  local begin=$SECONDS
  if ! "$@" >"$log" 2>&1; then
    echo "failed" >&2
    grep -E '(error|warning) [A-Z]+[0-9]+|error :' "$log" | sort -u | head -n 10 >&2 || tail -n 20 "$log" >&2
    echo "  all of it is in $log" >&2
    exit 1
  fi
  echo "$((SECONDS - begin)) s" >&2
}

echo "Building Strata" >&2
marker=$(mktemp "$here/artifacts/stamp.XXXXXX")
arch=$(uname -m)
rid=linux-$([ "$arch" = aarch64 ] && echo arm64 || echo x64)
step "dashboard and hub (strata-web)"
run dotnet publish "$here/src/Strata.Web" -c Release -o "$dist.new/web" --nologo -v q
step "command line (strata, NativeAOT)"
run dotnet publish "$here/src/Strata.Cli" -c Release -r "$rid" -o "$dist.new" --nologo -v q
rm -f "$dist.new"/*.dbg "$dist.new"/*.xml "$dist.new"/web/*.xml
rm -rf "$dist"
mv "$dist.new" "$dist"
# The time before the build: what changed while it ran is built again next time.
mv "$marker" "$dist/.built"
