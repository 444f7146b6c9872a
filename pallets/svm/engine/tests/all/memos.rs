// SPDX-License-Identifier: Apache-2.0
//! Memos.

use unum_solana_view::InstructionError as E;
use unum_svm_engine::ids;

use crate::world::*;

#[test]
fn a_memo_is_logged_with_who_stands_by_it() {
	let mut chain = chain();
	let accounts = vec![signing(readonly(alice())), signing(readonly(bob()))];
	let meta = ok(&mut chain, &[instruction(ids::memo(), accounts, "say \"hi\"")]);
	let used = meta.compute_units_consumed;
	let lines = [
		format!("Program {} invoke [1]", ids::memo()),
		format!("Program log: Signed by {}", alice()),
		format!("Program log: Signed by {}", bob()),
		"Program log: Memo (len 8): \"say \\\"hi\\\"\"".into(),
		format!("Program {} consumed {used} of 200000 compute units", ids::memo()),
		format!("Program {} success", ids::memo()),
	];
	assert_eq!(logs(&meta), lines);
}

#[test]
fn memos_that_are_no_text_or_not_signed_fail() {
	let mut chain = chain();
	let bytes = || vec![b'a', 0xff];
	let no_text = instruction(ids::memo(), Vec::new(), bytes());
	assert_eq!(fails(&mut chain, &[no_text]), E::InvalidInstructionData);
	let unsigned = instruction(ids::memo(), vec![readonly(bob())], "text");
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
	let old = instruction(ids::memo_v1(), vec![readonly(bob())], "text");
	ok(&mut chain, &[old]);
	assert_eq!(
		fails(&mut chain, &[instruction(ids::memo_v1(), Vec::new(), bytes())]),
		E::InvalidInstructionData
	);
}
