# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# The build environment. Sourced by every script here and by the Makefile's recipes, so that a
# build from the command line, from a test and from CI share one target folder and one compiler.
#
#   source scripts/env.sh && cargo build --release --workspace --locked

UNUM_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export UNUM_ROOT

# Outside the checkout: a fresh clone rebuilds only the workspace's own crates.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/unum/target}"
export UNUM_BIN="${UNUM_BIN:-$CARGO_TARGET_DIR/release/unum}"

# rustup's installer changes the profile of the next login, not of this shell.
if ! command -v cargo >/dev/null 2>&1 && [ -x "$HOME/.cargo/bin/cargo" ]; then
	export PATH="$HOME/.cargo/bin:$PATH"
fi

# The name under which scripts/setup.sh makes Debian's compiler known to rustup.
UNUM_DEBIAN_TOOLCHAIN=debian-web
UNUM_WASM_TARGET=wasm32v1-none

# Whether the compiler that cargo uses has the Wasm target, that is, whether rustup's own is enough.
unum_rustup_has_wasm_target() {
	[ "${UNUM_FORCE_DEBIAN_WASM:-0}" != 1 ] || return 1
	local sysroot
	sysroot="$(rustc --print sysroot 2>/dev/null)" || return 1
	[ -d "$sysroot/lib/rustlib/$UNUM_WASM_TARGET/lib" ]
}

# Whether scripts/setup.sh has prepared Debian's compiler for the Wasm target on this machine.
unum_debian_has_wasm_target() {
	[ -d "/usr/lib/rustlib/$UNUM_WASM_TARGET/lib" ] &&
		rustup toolchain list 2>/dev/null | grep -q "^$UNUM_DEBIAN_TOOLCHAIN\b"
}

# A toolchain that the user has chosen is left alone.
if [ -z "${WASM_BUILD_TOOLCHAIN:-}" ] && ! unum_rustup_has_wasm_target && unum_debian_has_wasm_target; then
	export WASM_BUILD_TOOLCHAIN="$UNUM_DEBIAN_TOOLCHAIN"
fi
