# SPDX-License-Identifier: Apache-2.0
#
# The commands of a day's work. Each sets up what it needs; `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.SUFFIXES:

# Flags for the node: make dev ARGS="--sealing instant"
ARGS ?=
# The network of `make zombienet`: a file in zombienet/
NET ?= local
# Where `make conformance-evm` finds GeneralStateTests: a folder or a .tar.gz
DIR ?=
# How long `make fuzz` spends on each target
SECONDS_EACH ?= 60
# How thoroughly `make weights` measures
STEPS ?= 20
REPEAT ?= 10
# How many random blocks `make differential` executes
BLOCKS ?= 100000
# How many random Solana transactions `make svm-differential` executes
COUNT ?= 100000
# How many random programs, and how many damaged files, `make sbpf-differential` runs
PROGRAMS ?= 1000000

ENV := source scripts/env.sh
# One profile and one set of features for building, testing and running: nothing is built twice.
CARGO_FLAGS := --release --workspace --locked

.PHONY: help dev test build fmt lint zombienet release fuzz differential svm-differential sbpf-differential bench weights conformance-evm clean-chain

help: ## List these commands
	@echo 'Unum. Commands:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'make dev ARGS="--sealing instant"   passes flags on to the node (unum --help has all)'
	@echo 'make zombienet NET=four             four validators instead of two'

dev: ## Set up, build and run a development chain (RPC on ws://127.0.0.1:9944)
	@scripts/setup.sh dev
	@$(ENV); cargo build $(CARGO_FLAGS) --bin unum
	@$(ENV); exec "$$UNUM_BIN" --dev $(ARGS)

test: ## Set up, build and run all tests; the last line counts them
	@scripts/setup.sh test
	@scripts/test.sh

build: ## Set up and build everything
	@scripts/setup.sh dev
	@$(ENV); cargo build $(CARGO_FLAGS)

fmt: ## Format the Rust code
	@scripts/setup.sh ci
	@$(ENV); cargo fmt --all

lint: ## Check format and lints, as CI does
	@scripts/setup.sh ci
	@$(ENV); cargo fmt --all --check
	@$(ENV); cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings

zombienet: ## Run a network of validators here (NET=local, four or mixed)
	@scripts/setup.sh test
	@$(ENV); cargo build $(CARGO_FLAGS) --bin unum
	@exec scripts/zombienet.sh "$(NET)"

release: ## Build the binary to publish: optimised, with the metadata hash that offline signers need
	@scripts/setup.sh dev
	@$(ENV); cargo build --profile production --package unum-node --features metadata-hash --locked
	@$(ENV); echo "built $$CARGO_TARGET_DIR/production/unum"

fuzz: ## Fuzz every decoder, SECONDS_EACH=60 on each (installs a nightly toolchain and cargo-fuzz)
	@scripts/setup.sh fuzz
	@$(ENV); for target in $$(cargo +nightly fuzz list --fuzz-dir tests/fuzz); do \
		echo "==> $$target"; cargo +nightly fuzz run --fuzz-dir tests/fuzz "$$target" -- \
			-max_total_time=$(SECONDS_EACH) -print_final_stats=1; done

differential: ## Execute BLOCKS=100000 random blocks in parallel and in order, and compare all that they leave
	@scripts/setup.sh test
	@$(ENV); UNUM_DIFFERENTIAL_BLOCKS=$(BLOCKS) cargo test $(CARGO_FLAGS) --test all \
		differential::lanes_make_the_same_of_a_block -- --exact --nocapture

svm-differential: ## Execute COUNT=100000 random Solana transactions here and by litesvm, and compare all that they leave
	@scripts/setup.sh dev
	@$(ENV); UNUM_SVM_SEED=$${UNUM_SVM_SEED:-$$RANDOM$$RANDOM} UNUM_SVM_TRANSACTIONS=$(COUNT) cargo test --release --locked \
		--manifest-path tests/svm-oracle/Cargo.toml -- --nocapture

sbpf-differential: ## Run PROGRAMS=1000000 random sBPF programs and as many damaged files here and by solana-sbpf, and compare
	@scripts/setup.sh test
	@$(ENV); UNUM_SBPF_SEED=$${UNUM_SBPF_SEED:-$$RANDOM$$RANDOM} UNUM_SBPF_PROGRAMS=$(PROGRAMS) UNUM_SBPF_FILES=$(PROGRAMS) \
		cargo test $(CARGO_FLAGS) --test all -- --exact --nocapture programs::random_programs_execute_as_upstream mutation::damaged_files_load_as_upstream

bench: ## Measure blocks, identity, ledger, gas (natively and in Wasm) and the Ethereum RPC on this machine
	@scripts/setup.sh test
	@$(ENV); cargo build $(CARGO_FLAGS) --bin unum
	@$(ENV); "$$UNUM_BIN" bench throughput $(ARGS)
	@$(ENV); cargo bench --workspace --locked --profile release --bench identity_and_ledger --bench evm_gas --bench svm_units
	@$(ENV); node tests/e2e/bench/ethereum-rpc.mjs

weights: ## Measure what calls, blocks and the database cost on this machine, and write it down (STEPS=20 REPEAT=10)
	@scripts/setup.sh test
	@STEPS="$(STEPS)" REPEAT="$(REPEAT)" scripts/weights.sh

conformance-evm: ## Run Ethereum's state tests in DIR=folder on the EVM engine
	@[ -n "$(DIR)" ] || { echo 'Which tests? make conformance-evm DIR=<folder or .tar.gz with GeneralStateTests>' >&2; exit 2; }
	@scripts/setup.sh dev
	@$(ENV); cargo run --release --locked --quiet --package unum-evm-conformance -- $(ARGS) "$(DIR)"

clean-chain: ## Delete the development chain that a node without --tmp and --base-path has kept
	@$(ENV); [ -x "$$UNUM_BIN" ] || { echo 'nothing is built, so there is no chain'; exit 0; }; \
		"$$UNUM_BIN" purge-chain --dev -y
