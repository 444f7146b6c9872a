#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures what the runtime costs on this machine, and writes it where the runtime has it from:
#
#   pallets/*/src/weights.rs    the pallets of this repository
#   runtime/src/weights/*.rs    the SDK's pallets, an empty block, an empty extrinsic, the database
#
# The machine should have nothing else to do meanwhile. It builds with the feature `runtime-benchmarks`,
# in a target folder of its own: the feature changes every crate of the SDK.
#
#   STEPS, REPEAT    points per component of a benchmark, and measurements per point
#   PALLETS          only these, separated by spaces; database, block and extrinsic are left out then
#   ACCOUNTS         how many accounts are in the state in which the database is measured
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$UNUM_ROOT"

readonly STEPS="${STEPS:-20}" REPEAT="${REPEAT:-10}" ACCOUNTS="${ACCOUNTS:-50000}"
readonly PROFILE="${PROFILE:-release}"
readonly OUTPUT=runtime/src/weights
PALLETS="${PALLETS:-}"

export CARGO_TARGET_DIR="${UNUM_WEIGHTS_TARGET_DIR:-$CARGO_TARGET_DIR/weights}"
# A runtime that the measuring tool would build for a measurement that is not made here.
export SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1
readonly NODE="$CARGO_TARGET_DIR/$PROFILE/unum"

folder="$(mktemp -d "${TMPDIR:-/tmp}/unum-weights-XXXXXX")"
trap 'rm -rf "$folder"' EXIT

# Runs a step: its name, then the command. Its output goes to a file, which is shown if it fails.
step() {
	local name="$1" began=$SECONDS
	shift
	if ! "$@" >"$folder/log" 2>&1; then
		tail -n 40 "$folder/log" >&2
		printf 'weights: %s failed\n' "$name" >&2
		exit 1
	fi
	printf 'weights: %s, %d s\n' "$name" $((SECONDS - began))
}

# Where the weights of a pallet go: to the pallet, if it is one of ours.
file_of() {
	case "$1" in
		pallet_id_com) echo pallets/identity/src/weights.rs ;;
		pallet_unified_tokens) echo pallets/unified-tokens/src/weights.rs ;;
		pallet_native | pallet_dispatch | pallet_evm | pallet_lanes | pallet_svm) echo "pallets/${1#pallet_}/src/weights.rs" ;;
		*) echo "$OUTPUT/$1.rs" ;;
	esac
}

# Measures pallets, at once, for the genesis has to be built only once. $1: their template; the others:
# their names.
measure_pallets() {
	local template="$1" pallet
	shift
	[ $# -gt 0 ] || return 0
	"$NODE" benchmark pallet --chain dev --genesis-builder spec-runtime \
		--pallets "$(tr ' ' , <<<"$*")" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT" \
		--min-duration 0 --wasm-execution compiled --disable-proof-recording \
		--no-storage-info --no-median-slopes --no-min-squares \
		--template "scripts/weights/$template.hbs" --output "$folder" 2>&1 | tee "$folder/log" |
		sed -uE '/^Error|panicked|failed/p; s/.*\[([0-9 ]+%) \] Starting benchmark: (.*)/weights: \1 \2/; t; d'
	for pallet in "$@"; do
		# What an access adds to a proof is of no use here.
		sed '/^[[:space:]]*\/\/ Proof: /d' "$folder/$pallet.rs" >"$(file_of "$pallet")"
	done
}

# An empty block and an empty extrinsic. The tool knows no templates for these. What these read is the
# same each time (the fee's multiplier, the genesis hash, one sender), which no node has to fetch from its
# database: with the trie cache that each node has. What a transaction reads of its own weighs besides.
measure_overhead() {
	step 'block and extrinsic' "$NODE" benchmark overhead --chain dev --enable-trie-cache \
		--genesis-builder spec-runtime --base-path "$folder/overhead" --weight-path "$folder" \
		--warmup "$OVERHEAD_WARMUP" --repeat "$OVERHEAD_REPEAT"
	write_overhead block 'What an empty block weighs'
	write_overhead extrinsic 'What an empty extrinsic weighs, which does nothing and is signed'
}

# $1: block or extrinsic; $2: what it is.
write_overhead() {
	{
		printf '// SPDX-License-Identifier: Apache-2.0\n'
		printf '//! %s,\n//! as `make weights` has measured it. Generated.\n//!\n' "$2"
		sed -nE 's/^\/\/! DATE: ([0-9-]+).*/\1/p; s/^\/\/! HOSTNAME: .*CPU: `(.*)`$/\1/p' \
			"$folder/${1}_weights.rs" | paste -sd, | sed -E 's/^([^,]*),(.*)$/\/\/! \1, on \2./'
		printf '\nuse frame_support::{\n\tparameter_types,\n'
		printf '\tweights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},\n};\n\n'
		sed -n '/^parameter_types! {/,/^}/p' "$folder/${1}_weights.rs"
	} >"$OUTPUT/${1}_weights.rs"
}

# The database, with a state of some size: an empty one is quick.
measure_database() {
	"$NODE" build-spec --chain dev --disable-default-bootnode 2>/dev/null |
		node scripts/weights/crowd.mjs "$ACCOUNTS" >"$folder/crowded.json"
	step "database ($ACCOUNTS accounts)" "$NODE" benchmark storage --chain "$folder/crowded.json" \
		--base-path "$folder/database" --state-version 1 --warmups 1 --batch-size 1000 \
		--keys-limit 100000 --disable-pov-recorder --weight-path "$folder" \
		--template-path scripts/weights/database.hbs
	cp "$folder/paritydb_weights.rs" "$OUTPUT/paritydb_weights.rs"
}

# A trial with few repetitions measures little of these, too.
if [ "$REPEAT" -lt 5 ]; then
	readonly OVERHEAD_WARMUP=2 OVERHEAD_REPEAT=5
else
	readonly OVERHEAD_WARMUP=10 OVERHEAD_REPEAT=100
fi

mkdir -p "$OUTPUT"
printf 'weights: building in %s\n' "$CARGO_TARGET_DIR"
cargo build --profile "$PROFILE" --locked --package unum-node --features runtime-benchmarks

if [ -z "$PALLETS" ]; then
	measure_database
	measure_overhead
	PALLETS="$("$NODE" benchmark pallet --chain dev --list=pallets --no-csv-header 2>/dev/null)"
fi
ours=() stock=()
for pallet in $PALLETS; do
	case "$(file_of "$pallet")" in
		pallets/*) ours+=("$pallet") ;;
		*) stock+=("$pallet") ;;
	esac
done
measure_pallets pallet "${ours[@]}"
measure_pallets frame "${stock[@]}"

cargo fmt --all
git --no-pager diff --stat -- pallets runtime
