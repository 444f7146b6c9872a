#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs what is missing on this machine, says one line for each thing, and nothing when all is
# there. Safe to run again and again.
#
#   scripts/setup.sh dev    what a build needs: Debian packages, Rust, the Wasm target
#   scripts/setup.sh test   the same, and the Node.js packages of the end-to-end tests
#   scripts/setup.sh ci     the same, and rustfmt and clippy
#   scripts/setup.sh fuzz   what a build needs, a nightly toolchain and cargo-fuzz
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

readonly MIN_NODE_MAJOR=20
readonly WASM_SETUP_LOG="${TMPDIR:-/tmp}/unum-setup-$$.log"
trap 'rm -f "$WASM_SETUP_LOG"' EXIT

say() { printf 'setup: %s\n' "$*"; }

# Ends with an error: what is wrong, and what to do about it.
fail() {
	printf 'setup: error: %s\n' "$1" >&2
	shift
	printf 'setup:        %s\n' "$@" >&2
	exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command quietly; its output is shown only when it fails.
quietly() {
	if ! "$@" >"$WASM_SETUP_LOG" 2>&1; then
		tail -n 30 "$WASM_SETUP_LOG" | sed 's/^/setup:   | /' >&2
		return 1
	fi
}

# Called before the first `as_root` of each step, which may have its output put aside.
need_root() {
	[ "$(id -u)" = 0 ] || have sudo || fail "root rights are needed to $1, and sudo is not installed." \
		"Run scripts/setup.sh once as root, or install sudo, and start again."
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# --- Debian packages ---------------------------------------------------------------------------

is_installed() {
	[ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = 'ii ' ]
}

# Installs those of the named packages that are missing.
ensure_packages() {
	local missing=() package
	for package in "$@"; do
		is_installed "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	need_root "install Debian packages (${missing[*]})"
	say "installing Debian packages: ${missing[*]}"
	# Not `sudo DEBIAN_FRONTEND=…`: sudo may refuse to pass variables, env never does.
	quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
		fail "apt-get update failed." "Check the network and /etc/apt/sources.list, then start again."
	quietly as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends "${missing[@]}" ||
		fail "apt-get could not install: ${missing[*]}" "Install them by hand, then start again."
}

# protoc: protocol definitions of the network crates; clang: C code that is compiled for Wasm.
readonly PACKAGES=(
	protobuf-compiler libprotobuf-dev clang libclang-dev pkg-config build-essential make git
	ca-certificates
)

ensure_build_tools() {
	if have dpkg-query && have apt-get; then
		ensure_packages "${PACKAGES[@]}"
		return
	fi
	local tool
	for tool in protoc clang pkg-config cc make git; do
		have "$tool" || fail "$tool was not found, and this is no Debian-like machine where it could be installed." \
			"Install the counterparts of: ${PACKAGES[*]}"
	done
}

# --- Rust --------------------------------------------------------------------------------------

ensure_rust() {
	have rustup || have cargo || fail "Rust was not found." \
		"Install it with rustup (https://rustup.rs), open a new shell, and start again."
	have rustup || fail "cargo is there, but rustup is not; the Wasm target cannot be set up." \
		"Install Rust with rustup (https://rustup.rs), open a new shell, and start again."
	rustc --version >"$WASM_SETUP_LOG" 2>&1 || fail "rustc does not start: $(head -n 1 "$WASM_SETUP_LOG")" \
		"Choose an installed toolchain with \`rustup default stable\`, then start again."
}

# $1: component; $2: the cargo subcommand that it brings.
ensure_component() {
	! cargo "$2" --version >/dev/null 2>&1 || return 0
	say "adding the Rust component $1"
	quietly rustup component add "$1" || fail "the Rust component $1 is missing and could not be added." \
		"Run \`rustup component add $1\` where rustup can reach its server, then start again."
}

# The sanitizers and the coverage that libFuzzer needs are options of nightly compilers.
ensure_fuzzer() {
	if ! rustup toolchain list | grep -q '^nightly'; then
		say "installing the Rust toolchain nightly (used for fuzzing only)"
		quietly rustup toolchain install nightly --profile minimal || fail "rustup could not install nightly." \
			"Run \`rustup toolchain install nightly\` where rustup can reach its server, then start again."
	fi
	if ! cargo fuzz --version >/dev/null 2>&1; then
		say "installing cargo-fuzz (some minutes)"
		quietly cargo install cargo-fuzz --locked || fail "cargo-fuzz could not be installed (see above)." \
			"Run \`cargo install cargo-fuzz --locked\`, then start again."
	fi
}

ensure_wasm_target() {
	! unum_rustup_has_wasm_target || return 0
	if [ "${UNUM_FORCE_DEBIAN_WASM:-0}" != 1 ] &&
		timeout 300 rustup target add "$UNUM_WASM_TARGET" >"$WASM_SETUP_LOG" 2>&1; then
		say "added the Rust target $UNUM_WASM_TARGET"
		return
	fi
	have apt-get || fail "rustup could not add the target $UNUM_WASM_TARGET: $(tail -n 1 "$WASM_SETUP_LOG")" \
		"Run \`rustup target add $UNUM_WASM_TARGET\` where rustup can reach its server, then start again."
	ensure_debian_wasm_target
}

# Debian's compiler, for the runtime only, where rustup can fetch nothing: its packages come with
# the standard library's source, from which the target is built once.
ensure_debian_wasm_target() {
	ensure_packages rustc-web cargo-web rust-web-src lld
	local version stamp=/usr/lib/rustlib/$UNUM_WASM_TARGET/.unum-rustc-version
	version="$(/usr/bin/rustc --version)"
	# An upgraded compiler does not read the libraries that the one before it has built.
	if [ "$(cat "$stamp" 2>/dev/null)" != "$version" ]; then
		need_root "install the Rust target $UNUM_WASM_TARGET"
		say "building the target $UNUM_WASM_TARGET for Debian's $version"
		build_debian_wasm_target "$stamp" "$version"
	fi
	# The compiler calls its linker by this name, and Debian ships it under another.
	if ! have rust-lld; then
		need_root "link /usr/local/bin/rust-lld"
		say "linking /usr/local/bin/rust-lld to Debian's lld"
		as_root ln -sf /usr/bin/lld /usr/local/bin/rust-lld
	fi
	if ! rustup toolchain list | grep -q "^$UNUM_DEBIAN_TOOLCHAIN\b"; then
		say "linking the Rust toolchain $UNUM_DEBIAN_TOOLCHAIN to /usr (used for the runtime only)"
		quietly rustup toolchain link "$UNUM_DEBIAN_TOOLCHAIN" /usr ||
			fail "rustup could not link the toolchain $UNUM_DEBIAN_TOOLCHAIN to /usr." \
				"Run \`rustup toolchain link $UNUM_DEBIAN_TOOLCHAIN /usr\` and start again."
	fi
}

# $1: where to note which compiler the libraries belong to; $2: that compiler's version.
build_debian_wasm_target() {
	local crate library
	crate="$(mktemp -d)"
	mkdir "$crate/src"
	printf '[package]\nname = "wasm-libraries"\nversion = "0.0.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n\n[workspace]\n' \
		>"$crate/Cargo.toml"
	printf '#![no_std]\n#[panic_handler]\nfn panic(_: &core::panic::PanicInfo<'"'_"'>) -> ! { loop {} }\n' \
		>"$crate/src/lib.rs"
	# RUSTC_BOOTSTRAP opens -Zbuild-std on a stable compiler, for these three libraries only.
	# embed-bitcode: the runtime's link-time optimisation needs it ("Can't find section .llvmbc").
	(
		cd "$crate"
		unset CARGO_ENCODED_RUSTFLAGS RUSTUP_TOOLCHAIN WASM_BUILD_TOOLCHAIN
		export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTFLAGS='-C embed-bitcode=yes'
		export CARGO_TARGET_DIR="$crate/target" CARGO_TARGET_WASM32V1_NONE_LINKER=wasm-ld
		quietly /usr/bin/cargo build --release --target "$UNUM_WASM_TARGET" -Zbuild-std=core,alloc
	) || fail "Debian's compiler could not build the libraries of $UNUM_WASM_TARGET (see above)." \
		"Run \`rustup target add $UNUM_WASM_TARGET\` where rustup can reach its server, then start again."
	as_root rm -rf "/usr/lib/rustlib/$UNUM_WASM_TARGET"
	as_root mkdir -p "/usr/lib/rustlib/$UNUM_WASM_TARGET/lib"
	for library in core alloc compiler_builtins; do
		as_root cp "$crate/target/$UNUM_WASM_TARGET/release/deps/lib$library"-*.rlib \
			"/usr/lib/rustlib/$UNUM_WASM_TARGET/lib/"
	done
	# Written last: an interrupted copy is done again.
	printf '%s\n' "$2" | as_root tee "$1" >/dev/null
	rm -rf "$crate"
}

# --- Node.js -----------------------------------------------------------------------------------

ensure_node() {
	have node || fail "Node.js was not found; the end-to-end tests need version $MIN_NODE_MAJOR or newer." \
		"Install it (https://nodejs.org), then start again."
	have npm || fail "npm was not found; it installs the packages of the end-to-end tests." \
		"Install it beside Node.js (Debian: apt-get install npm), then start again."
	local version
	version="$(node --version)"
	[ "$(printf '%s' "${version#v}" | cut -d. -f1)" -ge "$MIN_NODE_MAJOR" ] ||
		fail "Node.js $version is too old; the end-to-end tests need version $MIN_NODE_MAJOR or newer." \
			"Install a newer one (https://nodejs.org), then start again."
}

# Installs exactly what the folder's package-lock.json says, once per lock file.
ensure_node_packages() {
	local folder="$1" stamp="$UNUM_ROOT/$1/node_modules/.unum-lock" wanted
	wanted="$(cd "$UNUM_ROOT/$folder" && sha256sum package.json package-lock.json)"
	[ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
	say "installing the Node.js packages of $folder"
	(cd "$UNUM_ROOT/$folder" && quietly npm ci --no-audit --no-fund --loglevel=error) ||
		fail "npm ci failed in $folder (see above)." "Check that npm can reach its registry, then start again."
	printf '%s\n' "$wanted" >"$stamp"
}

# -----------------------------------------------------------------------------------------------

setup_dev() {
	ensure_build_tools
	ensure_rust
	ensure_wasm_target
}

setup_test() {
	# First: it is the cheapest to find missing, and nothing here can install it.
	ensure_node
	setup_dev
	# zombienet asks `ps` whether its nodes live.
	! have apt-get || ensure_packages procps
	ensure_node_packages tests/e2e
	ensure_node_packages tests/zombienet
}

setup_ci() {
	setup_test
	ensure_component rustfmt fmt
	ensure_component clippy clippy
}

setup_fuzz() {
	setup_dev
	ensure_fuzzer
}

case "${1:-}" in
dev | test | ci | fuzz) "setup_$1" ;;
*)
	printf 'usage: %s dev|test|ci|fuzz\n' "$0" >&2
	exit 2
	;;
esac
