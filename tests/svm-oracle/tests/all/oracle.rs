// SPDX-License-Identifier: Apache-2.0
//! The oracle itself: it sees what differs, and goes through all that it is for.

use unum_spl_token::ids::token_program;
use unum_svm_oracle::{
	compare::{compare, meant, Difference},
	scenes::{Kind, Scene},
	seen::{Ended, Seen},
};

fn seen() -> Seen {
	Seen {
		ended: Ended::Succeeded,
		fee: 5_000,
		units: 150,
		logs: vec!["Program 11111111111111111111111111111111 success".into()],
		returned: Some((token_program(), vec![1])),
		inner: vec![(0, 2, 1, vec![0], vec![9])],
	}
}

#[test]
fn whatever_differs_is_seen() {
	assert!(compare(&seen(), &seen()).is_ok());
	let changes: [fn(&mut Seen); 7] = [
		|seen| seen.ended = Ended::Failed("InstructionError(0, Custom(1))".into()),
		|seen| seen.ended = Ended::Refused("Blockhash not found".into()),
		|seen| seen.fee += 1,
		|seen| seen.units += 1,
		|seen| seen.logs.push("Program log: more".into()),
		|seen| seen.returned = None,
		|seen| seen.inner[0].1 += 1,
	];
	for change in changes {
		let mut other = seen();
		change(&mut other);
		let difference = compare(&other, &seen()).expect_err("it differs");
		assert_eq!(meant(&[], &difference), None, "{difference:?}");
	}
}

#[test]
fn units_of_programs_with_figures_are_not_compared() {
	let used = |units: u64| Seen {
		units,
		logs: vec![
			format!("Program {} invoke [1]", token_program()),
			format!("Program {} consumed {units} of 200000 compute units", token_program()),
		],
		..seen()
	};
	assert!(compare(&used(100), &used(4_000)).is_ok());
	assert!(compare(&Seen { fee: 1, ..used(100) }, &used(100)).is_err());
}

#[test]
fn an_account_that_differs_is_seen() {
	let mut scene = Scene::new(7).expect("the same is set up");
	let wallet = scene.world.wallets[3].address;
	let mut account = scene.world.account(&wallet).expect("exists");
	account.lamports += 1;
	scene.world.ours.set_account(&wallet, &account);
	let differs = (0..200).find_map(|_| scene.step().err());
	assert!(matches!(differs, Some((Difference::Account { .. } | Difference::End { .. }, None))));
}

#[test]
fn a_scene_begins_with_accounts_of_all_kinds() {
	let scene = Scene::new(1).expect("the same is set up");
	for kind in [
		Kind::Missing,
		Kind::Wallet,
		Kind::Nonce,
		Kind::Mint,
		Kind::Tokens,
		Kind::Multisig,
		Kind::Table,
		Kind::Program,
		Kind::ProgramData,
		Kind::Other,
	] {
		assert!(!scene.all(kind).is_empty(), "{kind:?}");
	}
}
