// SPDX-License-Identifier: Apache-2.0
//! The payload decoder: both ways of decoding agree, nothing panics, what decodes encodes to the same.
#![no_main]

use codec::{Decode, Encode};
use libfuzzer_sys::fuzz_target;
use unum_vm_engine::{conformance::Echo, EngineTuple, Payload, PayloadError};

type Engines = (Echo<0, 0x01, 0x0f>, Echo<1, 0x10, 0x1f>, Echo<5, 0x50, 0x5f>);
type Call = Payload<<Engines as EngineTuple>::List>;

fuzz_target!(|bytes: &[u8]| {
	let mut rest = bytes;
	let streamed = Call::decode(&mut rest);
	match Call::decode_exact(bytes) {
		Ok(call) => {
			assert_eq!(Ok(&call), streamed.as_ref());
			assert_eq!(call.encode(), bytes);
		},
		Err(PayloadError::TrailingBytes { count, .. }) => assert_eq!(count as usize, rest.len()),
		Err(error) => {
			assert!(streamed.is_err());
			assert!(!error.to_string().is_empty());
		},
	}
});
