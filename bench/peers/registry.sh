#!/usr/bin/env bash
# The hub's registry and Debian's docker-registry, side by side on the file system, in alternating rounds, each time with an empty folder.
#
#   bench/peers/registry.sh [ROUNDS] [ROWS]
#
# ROWS (default 10000) is how many tags and repositories the pages are read from, in the last round only. Needs docker-registry, wrk and python3.
# Prints each round's figures, then medians and ratios. CPU is the server's own; the load generator shares the machine with it.
set -euo pipefail
rounds=${1:-3}
rows=${2:-10000}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
web=${STRATA_WEB:-$here/../../artifacts/dist/web/strata-web}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/strata-registry.XXXXXX")
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_strata() { # FOLDER PORT
  "$web" hub --listen "127.0.0.1:$2" --data "$1" >"$work/log" 2>&1 &
}

start_docker_registry() { # FOLDER PORT
  cat >"$work/config.yml" <<Y
version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: $1 }, delete: { enabled: true } }
http: { addr: 127.0.0.1:$2 }
Y
  docker-registry serve "$work/config.yml" >"$work/log" 2>&1 &
}

measure() { # NAME ROWS
  local folder=$work/data port
  mkdir "$folder"
  port=$(free_port)
  "start_$1" "$folder" "$port"
  pid=$!
  python3 "$here/registry/load.py" "$port" --pid "$pid" --data "$folder" --rows "$2" | sed "s/^/$1 /" | tee -a "$work/results"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
  rm -rf "$folder"
}

for round in $(seq "$rounds"); do
  now=0
  [ "$round" = "$rounds" ] && now=$rows
  measure strata "$now"
  measure docker_registry "$now"
done
python3 "$here/registry/table.py" "$work/results"
