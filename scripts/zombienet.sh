#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs zombienet/<name>.toml with processes of this machine until it is interrupted.
#
#   scripts/zombienet.sh local|four|mixed
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

network="$UNUM_ROOT/zombienet/${1:-local}.toml"
if [ ! -f "$network" ]; then
	printf 'zombienet: there is no network %s; choose one of:' "${1:-local}" >&2
	(cd "$UNUM_ROOT/zombienet" && printf ' %s' *.toml) | sed 's/\.toml//g' >&2
	printf '\n' >&2
	exit 2
fi
[ -x "$UNUM_BIN" ] || {
	printf 'zombienet: %s is missing: make build makes it\n' "$UNUM_BIN" >&2
	exit 1
}

# The network files name the command `unum`; it is found through PATH.
PATH="$(dirname "$UNUM_BIN"):$PATH"
export PATH

folder="$(mktemp -d "${TMPDIR:-/tmp}/unum-zombienet-XXXXXX")"
if [ "${UNUM_KEEP:-0}" = 1 ]; then
	printf 'zombienet: chain data and logs of the nodes stay in %s\n' "$folder"
else
	printf 'zombienet: chain data and logs of the nodes are in %s until the network stops (UNUM_KEEP=1 keeps them)\n' "$folder"
	trap 'rm -rf "$folder"' EXIT
fi

"$UNUM_ROOT/tests/zombienet/node_modules/.bin/zombienet" \
	--provider native --dir "$folder/network" spawn "$network" &
zombienet=$!
# Zombienet stops its nodes when it is asked to end; the folder has to stay until then.
trap 'kill -TERM "$zombienet" 2>/dev/null' INT TERM
status=0
while wait "$zombienet" || status=$?; kill -0 "$zombienet" 2>/dev/null; do :; done
# An interrupt is the ordinary way to stop it.
[ "$status" -gt 128 ] || exit "$status"
