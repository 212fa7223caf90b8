#!/usr/bin/env bash
# The product as a newcomer meets it, from `./strata up` to `./strata down`, on ports and in a folder of its own.
# Writes `ok NAME` or `not ok NAME` for each check to the file that is named.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
report=$1
work=$(mktemp -d)
export STRATA_ROOT=$work/root
unset STRATA_WEB STRATA_CONFIG
strata=$here/strata
hub_port=${STRATA_TEST_HUB_PORT:-5611}
dashboard_port=${STRATA_TEST_DASHBOARD_PORT:-7611}
hub=127.0.0.1:$hub_port
dashboard=127.0.0.1:$dashboard_port
: >"$report"

finish() {
  "$strata" down >/dev/null 2>&1
  rm -rf "$work"
}
trap finish EXIT

check() { # NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    echo "ok $name" | tee -a "$report"
  else
    echo "not ok $name" | tee -a "$report"
    tail -n 25 "$work/said" | sed 's/^/    /'
  fi
}
same() { diff <(printf '%s\n' "$1") <(printf '%s\n' "$2"); }
answers() { curl -fsS -o /dev/null "http://$1/healthz"; }
published() { curl -fsS -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' "http://$hub/v2/$1/manifests/$2"; }
wait_for() { # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    [ $SECONDS -lt $end ] || { echo "not within the time: $*"; return 1; }
    sleep 1
  done
}
json() { python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"; }

up() { "$strata" up --hub-port "$hub_port" --dashboard-port "$dashboard_port"; }
check "up builds, starts and prints both addresses" bash -c '"$0" up --hub-port "$1" --dashboard-port "$2" | tee /dev/stderr | grep -q "http://127.0.0.1:$2"' "$strata" "$hub_port" "$dashboard_port"
check "the hub answers" answers "$hub"
check "the dashboard answers" answers "$dashboard"
check "the welcome image is published when up returns" published strata/welcome latest
begin=$SECONDS
check "up again changes nothing" up
check "and takes at most 10 s" test $((SECONDS - begin)) -le 10
check "debian:12 is published in the background" wait_for 300 published library/debian 12
check "python:3.11 is published in the background" wait_for 300 published library/python 3.11
check "webapp:1, which extends it, is published in the background" wait_for 300 published strata/webapp 1

check "skopeo copies an image from the hub" skopeo copy --quiet --src-tls-verify=false "docker://$hub/library/debian:12" "oci:$work/copy:debian"
check "skopeo pushes it under another name" skopeo copy --quiet --dest-tls-verify=false "oci:$work/copy:debian" "docker://$hub/me/debian:1"
check "nobody pushes to library/ without the secret" bash -c '! skopeo copy --quiet --dest-tls-verify=false "$@"' - "oci:$work/copy:debian" "docker://$hub/library/debian:evil"
check "scan before any data says that there is none" bash -c '"$0" pull -q "$1" && "$0" scan "$1" | grep "Not scanned"' "$strata" "$hub/strata/welcome"

python=$hub/library/python:3.11
check "pull" "$strata" pull "$python"
check "skopeo reads the store" skopeo inspect "oci:$STRATA_ROOT:$python"
for command in images inspect history layers packages; do
  argument=$python
  [ $command = images ] && argument=
  check "$command" "$strata" $command $argument
  check "$command as JSON" bash -c '"$@" --format json | python3 -m json.tool' - "$strata" $command $argument
done
check "the layers of the base are shared" same \
  "$(skopeo inspect --tls-verify=false --raw "docker://$hub/library/debian:12" | json 'd["layers"][0]["digest"]')" \
  "$("$strata" layers "$python" --format json | json 'd[0]["digest"]')"

# The judge of the packages is dpkg itself, in the same root file system.
rootfs=$work/rootfs
mkdir -p "$rootfs"
skopeo copy --quiet --src-tls-verify=false "docker://$python" "dir:$work/dir" >/dev/null
python3 - "$work/dir" <<'P' | while read -r layer; do tar -xzf "$work/dir/$layer" -C "$rootfs" --exclude='dev/*' 2>/dev/null; done
import json, sys
print(*[l["digest"].split(":")[1] for l in json.load(open(sys.argv[1] + "/manifest.json"))["layers"]], sep="\n")
P
check "packages are exactly those that dpkg lists" same \
  "$(dpkg-query --admindir="$rootfs/var/lib/dpkg" -W -f '${Package} ${Version} ${Architecture}\n' | sort)" \
  "$("$strata" packages "$python" --format json | json '"\n".join(sorted(" ".join((p["name"], p["version"], p["architecture"])) for p in d if p["type"] == "deb"))')"
check "each package has its layer, and python's is the second" same "0 1" \
  "$("$strata" packages "$python" --format json | json '" ".join(str(next(p["layer"]["position"] for p in d if p["name"] == n)) for n in ("bash", "python3.11"))')"

advisories=$here/../shared/data/advisories/debian-bookworm-2026-11.osv.jsonl.gz
if [ -e "$advisories" ]; then
  check "advisories update" "$strata" advisories update --from "$advisories"
else
  # Without the data beside the checkout, a record of our own: openssl is affected before any version that Debian 12 has after it.
  echo '{"id":"TEST-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"tzdata"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}' >"$work/own.json"
  check "advisories update" "$strata" advisories update --from "$work/own.json"
fi
check "advisories status" "$strata" advisories status
check "scan with data is a scan" bash -c '"$0" scan "$1" --format json | python3 -c "import json,sys; assert json.load(sys.stdin)[\"state\"] == \"scanned\""' "$strata" "$python"

# An old version of a package: what a record says is found, and what it does not say is not.
old=$work/old
mkdir -p "$old/var/lib/dpkg" "$old/usr/lib"
cp "$rootfs/usr/lib/os-release" "$old/usr/lib/"
printf 'Package: apt\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.6.0\n\nPackage: acl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.3.1-3\n' >"$old/var/lib/dpkg/status"
[ -e "$advisories" ] && check "an old version is found, a fixed one is not" same "CVE-2026-109518 apt 2.6.2" \
  "$("$strata" scan "dir:$old" --format json | json '"\n".join(" ".join((f["id"], f["source"], f["fixedVersion"])) for f in d["findings"])')"

check "--fail-on answers with 3" bash -c '"$0" scan "dir:$1" --fail-on low >/dev/null 2>&1; c=$?; [ $c = 3 ] || [ $c = 0 ]' "$strata" "$old"
check "a missing tag is answered with those that there are" bash -c '"$0" pull "$1" 2>&1 | grep -q "it has: 3.11"' "$strata" "$hub/library/python:9"
check "tag and rmi" bash -c '"$0" tag "$1" mine:1 && "$0" rmi mine:1 && "$0" rmi "$1"' "$strata" "$python"

export STRATA_TEST_DASHBOARD=http://$dashboard STRATA_TEST_HUB=http://$hub STRATA_TEST_IMAGE=python
[ -n "${STRATA_TEST_SCREENSHOT:-}" ] || export STRATA_TEST_SCREENSHOT=$work/layers.png
check "the hands-on in a browser" dotnet test --project "$here/tests/Strata.EndToEnd.Tests" --no-build --no-progress
check "and it made its picture" test -s "$STRATA_TEST_SCREENSHOT"

# The servers among the samples, as people run them. They were made in the background while all of the above went on.
if [ "$(id -u)" = 0 ]; then
  check "memcached:1.6 is published in the background" wait_for 300 published library/memcached 1.6
  check "redis:7 is published in the background" wait_for 300 published library/redis 7
  check "postgres:15 is published in the background" wait_for 300 published library/postgres 15
  . "$here/tests/servers.sh"
fi

check "down" "$strata" down
check "leaves no process" bash -c '! pgrep -f "[s]trata-web .*--root $0"' "$STRATA_ROOT"
check "the program starts in an instant" "$here/artifacts/dist/strata" --version
! grep -q '^not ok' "$report"
