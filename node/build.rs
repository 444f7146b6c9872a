// SPDX-License-Identifier: Apache-2.0
//! Hands the commit hash to the binary, so that `unum --version` names what was built.

use substrate_build_script_utils::{generate_cargo_keys, rerun_if_git_head_changed};

fn main() {
	generate_cargo_keys();
	rerun_if_git_head_changed();
}
