#!/usr/bin/env bash
# Succeeds when something in the sources is newer than what was built, or nothing was built.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
built=$here/artifacts/dist/.built
[ -e "$built" ] || exit 0
[ -n "$(find "$here/src" "$here/samples" "$here"/*.props "$here/global.json" "$here/eng/build.sh" -newer "$built" -type f -print -quit)" ]
