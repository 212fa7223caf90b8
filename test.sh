#!/usr/bin/env bash
# Sets up and runs all tests. `./test.sh fast` leaves out the product as a whole: the browser, the built program, a run on real images.
# `./test.sh slow` kills the program 100 times instead of 32, and fuzzes each target for 60 s instead of 2; it takes some minutes more.
# The last line is `N passed, N failed, N skipped`.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
mode=${1:-all}
case $mode in all | fast) ;; slow) export STRATA_SLOW=1 ;; *) echo "usage: ./test.sh [fast|slow]" >&2; exit 2 ;; esac

passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

say() { printf '\n== %s\n' "$1"; }
stop() { # what failed before any test could
  echo "$1" >&2
  echo "$passed passed, $((failed + 1)) failed, $skipped skipped"
  exit 1
}

# One run of test projects; their counts are added up.
run() {
  local log=$results/log
  dotnet test "$@" --no-build --no-progress --output Detailed >"$log" 2>&1
  local code=$?
  # What was skipped says why; of what passed, nothing.
  grep -vE '^passed |^$|^  (from |Standard output)' "$log" | grep -E '^failed|^skipped|^  |error|Test run summary' || true
  local p f s
  p=$(sed -n 's/^  succeeded: \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  f=$(sed -n 's/^  failed: \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  s=$(sed -n 's/^  skipped: \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  # A run that broke without a failed test has failed all the same.
  if [ $code -ne 0 ] && [ "${f:-0}" = 0 ]; then
    tail -n 20 "$log"
    failed=$((failed + 1))
  fi
}

say "What the tests need"
eng/install.sh build run test || stop "the tests need these packages"

say "Build"
dotnet build Strata.slnx --nologo -v q -clp:NoSummary || stop "the build failed"

say "Format"
if dotnet format Strata.slnx --no-restore --verify-no-changes >"$results/format" 2>&1; then
  passed=$((passed + 1))
else
  grep -E 'error|warning' "$results/format" | head -n 20
  failed=$((failed + 1))
fi

say "Rooms"
for project in tests/*.Tests/*.csproj; do
  case $project in *EndToEnd*) continue ;; esac
  echo "$(basename "$project" .csproj)"
  run --project "$project"
done

say "Fuzzing"
seconds=2
[ "$mode" = slow ] && seconds=60
for corpus in tests/Strata.Fuzzing/corpus/*/; do
  if artifacts/bin/Strata.Fuzzing/debug/Strata.Fuzzing "$(basename "$corpus")" "$seconds"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done

if [ "$mode" != fast ]; then
  say "The product as a whole"
  tests/product.sh "$results/product" || true
  if [ -s "$results/product" ]; then
    p=$(grep -c '^ok' "$results/product")
    f=$(grep -c '^not ok' "$results/product")
    passed=$((passed + p)) failed=$((failed + f))
  else
    failed=$((failed + 1))
  fi
fi

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
