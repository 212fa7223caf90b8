#!/usr/bin/env bash
# Installs the Debian packages of the lists that are named: build, run, test (eng/packages/*.txt). Does nothing when all are there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
wanted=()
for list in "$@"; do
  while read -r name _; do
    case $name in '' | '#'*) ;; *) wanted+=("$name") ;; esac
  done <"$here/packages/$list.txt"
done
missing=()
for name in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ]; then
  echo "strata: these Debian packages are missing: ${missing[*]}" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The lists may be new enough; when they are not, or there are none, they are fetched.
apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 ||
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
  echo "strata: apt-get could not install ${missing[*]}" >&2
  tail -n 5 "$log" >&2
  exit 1
}
