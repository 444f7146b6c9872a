// SPDX-License-Identifier: Apache-2.0
//! Binding a wallet: the text, and which proofs hold for which statements.

use codec::{Decode, Encode, MaxEncodedLen};
use unum_address::{Address, BtcScript};
use unum_id_com::IdCom;
use unum_signature::{
	verify_binding, BindingError, BindingProof, BindingStatement, SignatureError,
};

use crate::wallets::{join_65, negate_s, split_65, Wallet};

const SECRET: [u8; 32] = [7; 32];

pub(crate) fn statement(address: Address) -> BindingStatement {
	BindingStatement { genesis: [0xab; 32], id_com: IdCom::from([1; 32]), address, nonce: 5 }
}

fn refused(error: SignatureError) -> Result<(), BindingError> {
	Err(BindingError::Signature(error))
}

#[test]
fn every_kind_of_wallet_can_be_bound() {
	for wallet in Wallet::ALL {
		let statement = statement(wallet.address(SECRET));
		let proof = wallet.prove(SECRET, &statement);
		assert_eq!(verify_binding(&statement, &proof), Ok(()), "{wallet:?}");
	}
}

/// The texts that people see, as they are: a change of one byte makes old signatures void.
#[test]
fn the_text_is_fixed() {
	let address = Wallet::P2wpkh.address(SECRET);
	let text = format!(
		"Unum: bind this wallet to an identity\n\nEverything that this wallet owns on the chain \
		 will belong to the identity, and this wallet will act as it.\n\nChain: 0x{}\nIdentity: \
		 0x{}\nVM: bvm\nAddress: {address}\nNonce: 5",
		"ab".repeat(32),
		"01".repeat(32),
	);
	assert_eq!(statement(address).message(), text);
}

/// Which proof fits which address; everything else is the wrong kind.
#[test]
fn a_proof_fits_one_kind_of_address() {
	let fits = |address: Wallet, proof: Wallet| match address {
		Wallet::P2pkh | Wallet::P2pkhUncompressed => {
			matches!(proof, Wallet::P2pkh | Wallet::P2pkhUncompressed)
		},
		Wallet::P2wpkh | Wallet::P2tr => matches!(proof, Wallet::P2wpkh | Wallet::P2tr),
		other => other == proof,
	};
	for of in Wallet::ALL {
		let statement = statement(of.address(SECRET));
		for by in Wallet::ALL {
			let outcome = verify_binding(&statement, &by.prove(SECRET, &statement));
			let wrong = outcome == Err(BindingError::WrongProof);
			assert_eq!(!wrong, fits(of, by), "{of:?} {by:?} {outcome:?}");
			assert_eq!(outcome.is_ok(), of == by, "{of:?} {by:?} {outcome:?}");
		}
	}
}

#[test]
fn another_wallets_signature_is_a_mismatch() {
	for wallet in Wallet::ALL {
		let statement = statement(wallet.address(SECRET));
		let proof = wallet.prove([8; 32], &statement);
		let outcome = verify_binding(&statement, &proof);
		assert_eq!(outcome, refused(SignatureError::Mismatch), "{wallet:?}");
	}
}

#[test]
fn every_field_is_signed() {
	for wallet in Wallet::ALL {
		let signed = statement(wallet.address(SECRET));
		let proof = wallet.prove(SECRET, &signed);
		let others = [
			BindingStatement { genesis: [0xac; 32], ..signed.clone() },
			BindingStatement { id_com: IdCom::from([2; 32]), ..signed.clone() },
			BindingStatement { nonce: 6, ..signed.clone() },
			BindingStatement { address: wallet.address([8; 32]), ..signed.clone() },
		];
		for other in others {
			let outcome = verify_binding(&other, &proof);
			assert_eq!(outcome, refused(SignatureError::Mismatch), "{wallet:?} {other:?}");
		}
	}
}

/// The same bytes on Ethereum and on Tron are two wallets, and each signs for itself.
#[test]
fn a_signature_for_ethereum_is_none_for_tron() {
	let evm = statement(Wallet::Evm.address(SECRET));
	let tvm = statement(Wallet::Tvm.address(SECRET));
	let BindingProof::Evm { signature } = Wallet::Evm.prove(SECRET, &evm) else { panic!("kind") };
	let outcome = verify_binding(&tvm, &BindingProof::Tvm { signature });
	assert_eq!(outcome, refused(SignatureError::Mismatch));
}

#[test]
fn what_has_no_wallet_is_not_bound() {
	let native = statement(Address::Native(IdCom::from([9; 32])));
	for wallet in Wallet::ALL {
		let proof = wallet.prove(SECRET, &native);
		assert_eq!(verify_binding(&native, &proof), Err(BindingError::NotAWallet));
	}
	// No element of the curve of Solana's keys.
	let program = statement(Address::Svm([2; 32].into()));
	let proof = Wallet::Svm.prove(SECRET, &program);
	assert_eq!(verify_binding(&program, &proof), refused(SignatureError::InvalidPublicKey));
	// No x coordinate of a key.
	let script = [&[0x51, 0x20][..], &[0xff; 32]].concat();
	let program = statement(Address::Bvm(BtcScript::new(script).expect("short")));
	let proof = Wallet::P2tr.prove(SECRET, &program);
	assert_eq!(verify_binding(&program, &proof), refused(SignatureError::InvalidPublicKey));
}

#[test]
fn scripts_of_other_kinds_are_not_bound() {
	let p2wpkh = Wallet::P2wpkh.address(SECRET);
	let Address::Bvm(known) = &p2wpkh else { panic!("a script") };
	let scripts: [Vec<u8>; 8] = [
		vec![],
		// P2SH, P2WSH, the derived address, a future version, a bare key.
		[&[0xa9, 0x14][..], &[1; 20], &[0x87]].concat(),
		[&[0x00, 0x20][..], &[1; 32]].concat(),
		[&[0x60, 0x20][..], &[1; 32]].concat(),
		[&[0x52, 0x20][..], &[1; 32]].concat(),
		[&[0x21, 0x02][..], &[1; 32], &[0xac]].concat(),
		// One byte more and one less than P2WPKH has.
		[known.as_bytes(), &[0]].concat(),
		known.as_bytes()[..21].to_vec(),
	];
	for script in scripts {
		let statement = statement(Address::Bvm(BtcScript::new(script).expect("short")));
		for wallet in Wallet::ALL {
			let outcome = verify_binding(&statement, &wallet.prove(SECRET, &statement));
			assert_eq!(outcome, refused(SignatureError::UnsupportedScript), "{statement:?}");
		}
	}
}

/// `n − s`, with the recovery number that then fits, and the other number.
#[test]
fn malleated_proofs_are_refused() {
	let evm = statement(Wallet::Evm.address(SECRET));
	let BindingProof::Evm { signature } = Wallet::Evm.prove(SECRET, &evm) else { panic!("kind") };
	let (compact, v) = split_65(&signature);
	let other_v = 27 + 28 - v;
	let with = |signature| verify_binding(&evm, &BindingProof::Evm { signature });
	assert_eq!(with(join_65(&negate_s(compact), &[other_v])), refused(SignatureError::HighS));
	assert_eq!(with(join_65(compact, &[other_v])), refused(SignatureError::Mismatch));
	assert_eq!(with(join_65(compact, &[v - 27])), refused(SignatureError::InvalidRecoveryByte));

	let btc = statement(Wallet::P2pkh.address(SECRET));
	let BindingProof::BvmLegacy { signature } = Wallet::P2pkh.prove(SECRET, &btc) else {
		panic!("kind")
	};
	let [header, compact @ ..] = &signature;
	let header = *header;
	let with = |signature| verify_binding(&btc, &BindingProof::BvmLegacy { signature });
	let other = join_65(&[31 + ((header - 31) ^ 1)], &negate_s(compact));
	assert_eq!(with(other), refused(SignatureError::HighS));
	for wrong in (0..=u8::MAX).filter(|byte| *byte != header) {
		let outcome = with(join_65(&[wrong], compact));
		let expected = match wrong {
			27..=34 => SignatureError::Mismatch,
			_ => SignatureError::InvalidRecoveryByte,
		};
		assert_eq!(outcome, refused(expected), "{wrong}");
	}
}

#[test]
fn a_proof_is_short_and_its_numbers_are_fixed() {
	assert_eq!(BindingProof::max_encoded_len(), 166);
	let numbers = [1, 2, 4, 5, 5, 3, 3];
	for (wallet, number) in Wallet::ALL.into_iter().zip(numbers) {
		let proof = wallet.prove(SECRET, &statement(wallet.address(SECRET)));
		let bytes = proof.encode();
		assert_eq!(bytes[0], number, "{wallet:?}");
		assert!(bytes.len() <= BindingProof::max_encoded_len());
		assert_eq!(BindingProof::decode(&mut &bytes[..]), Ok(proof));
	}
}

#[test]
fn errors_are_sentences() {
	let texts = [
		BindingError::NotAWallet.to_string(),
		BindingError::WrongProof.to_string(),
		BindingError::Signature(SignatureError::HighS).to_string(),
		SignatureError::Mismatch.to_string(),
	];
	for text in texts {
		assert!(text.starts_with(char::is_lowercase) && !text.ends_with('.'), "{text}");
	}
}
