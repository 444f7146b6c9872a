#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds everything and runs every test of the repository. All suites run, also after one has failed;
# the exit status is the verdict, and the last line counts:
#
#   123 passed, 0 failed
#
# UNUM_CHECKS_PASSED and UNUM_CHECKS_FAILED count checks that the caller has made before.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$UNUM_ROOT"

readonly CARGO_FLAGS=(--release --workspace --locked)

passed="${UNUM_CHECKS_PASSED:-0}"
failed="${UNUM_CHECKS_FAILED:-0}"
skipped=0
folder="$(mktemp -d "${TMPDIR:-/tmp}/unum-test-XXXXXX")"
trap 'rm -rf "$folder"' EXIT

# Runs a suite: its name, then the command. Leaves its status in `status`.
status=0
suite() {
	local name="$1" began=$SECONDS
	shift
	printf '\n==> %s: %s\n' "$name" "$*"
	status=0
	"$@" || status=$?
	printf '<== %s: %s after %d s\n' "$name" "$([ "$status" = 0 ] && echo ok || echo "status $status")" \
		$((SECONDS - began))
}

# Adds a suite's numbers. A suite that failed without a failed test (it did not compile, it crashed)
# counts as one failure: nothing may be green because it did not run.
count() {
	local suite_passed="$1" suite_failed="$2" suite_skipped="$3"
	if [ "$status" != 0 ] && [ "$suite_failed" = 0 ]; then suite_failed=1; fi
	passed=$((passed + suite_passed))
	failed=$((failed + suite_failed))
	skipped=$((skipped + suite_skipped))
}

# `test result: ok. 3 passed; 0 failed; 1 ignored; …`, one line for each test binary.
count_cargo() {
	local numbers
	numbers="$(sed -nE 's/^test result: .* ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored;.*/\1 \2 \3/p' "$1" |
		awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')"
	# shellcheck disable=SC2086 # three words
	count $numbers
}

# `# pass 3`, at the end of the runner's TAP report. A test that was cancelled has failed.
count_node() {
	local numbers
	numbers="$(awk '
		$1 == "#" && $2 == "pass" { p = $3 }
		$1 == "#" && ($2 == "fail" || $2 == "cancelled") { f += $3 }
		$1 == "#" && ($2 == "skipped" || $2 == "todo") { s += $3 }
		END { print p + 0, f + 0, s + 0 }
	' "$1" 2>/dev/null || echo '0 0 0')"
	# shellcheck disable=SC2086 # three words
	count $numbers
}

run_and_keep() {
	local log="$1"
	shift
	"$@" 2>&1 | tee "$log"
}

# Node's test runner: people read one report, `count_node` the other. $1: where the latter goes.
node_test() {
	local report="$1" concurrency="$2"
	shift 2
	node --test --test-concurrency="$concurrency" \
		--test-reporter=spec --test-reporter-destination=stdout \
		--test-reporter=tap --test-reporter-destination="$report" "$@"
}

suite 'build' cargo build "${CARGO_FLAGS[@]}"
count "$([ "$status" = 0 ] && echo 1 || echo 0)" 0 0
built=$status

suite 'cargo test' run_and_keep "$folder/cargo" cargo test "${CARGO_FLAGS[@]}" --no-fail-fast
count_cargo "$folder/cargo"

# A workspace of its own, and so a build of its own.
suite 'SVM differential' run_and_keep "$folder/svm" \
	cargo test --release --locked --manifest-path tests/svm-oracle/Cargo.toml
count_cargo "$folder/svm"

if [ "$built" = 0 ]; then
	# Each file has a chain of its own; two at a time keep two cores busy without starving a chain.
	suite 'end to end' node_test "$folder/e2e" 2 tests/e2e/suites/*.test.mjs
	count_node "$folder/e2e"

	# Alone: validators that share the machine with other chains miss their slots.
	suite 'zombienet' node_test "$folder/zombienet" 1 tests/zombienet/*.test.mjs
	count_node "$folder/zombienet"
else
	# Not skipped: without a binary these have failed.
	printf '\n==> end to end, zombienet: not run, there is no binary\n'
	failed=$((failed + 2))
fi

printf '\n%d passed, %d failed' "$passed" "$failed"
[ "$skipped" = 0 ] || printf ', %d skipped' "$skipped"
printf '\n'
[ "$failed" = 0 ]
