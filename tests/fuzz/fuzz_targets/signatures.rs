// SPDX-License-Identifier: Apache-2.0
//! Proofs of bindings, keys and their signatures: what decodes encodes to the same, verifying never
//! panics, and nobody's bytes are a proof.
#![no_main]

use codec::{Decode, Encode};
use libfuzzer_sys::fuzz_target;
use unum_acegf::Methods;
use unum_address::Address;
use unum_id_com::IdCom;
use unum_signature::{verify_binding, AuthKey, AuthSignature, BindingProof, BindingStatement};

fuzz_target!(|bytes: &[u8]| {
	let mut input = bytes;
	if let (Ok(address), Ok(proof)) =
		(Address::decode(&mut input), BindingProof::decode(&mut input))
	{
		let statement = BindingStatement {
			genesis: [1; 32],
			id_com: IdCom::from([2; 32]),
			address,
			nonce: 0,
		};
		let encoded = proof.encode();
		assert_eq!(BindingProof::decode(&mut &encoded[..]).as_ref(), Ok(&proof));
		assert!(verify_binding(&statement, &proof).is_err(), "a forgery");
	}
	let mut input = bytes;
	if let (Ok(key), Ok(signature)) = (AuthKey::decode(&mut input), AuthSignature::decode(&mut input))
	{
		let _ = key.check();
		assert!(key.verify(b"a message that nobody signed", &signature).is_err(), "a forgery");
	}
	if let Ok(methods) = Methods::decode(&mut &bytes[..]) {
		let encoded = methods.encode();
		assert!(bytes.starts_with(&encoded));
		assert!((1..=4).contains(&methods.as_slice().len()));
		let _ = methods.id_com();
	}
});
