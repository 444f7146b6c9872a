// SPDX-License-Identifier: Apache-2.0
//! Transactions of ethers 6.17.0: `new Wallet("0x4646…46").signTransaction(…)`, with the hashes that
//! `Transaction.from` gives. The second authorizing key is 0x4545…45.

use unum_ethereum_transaction::{
	check_gas, Address, RawTransaction, TransactionType, TxKind, VerifiedTransaction, VerifyError,
	B256, U256,
};

use unum_ethereum_transaction::wallet::{access_list, CHAIN};

const LEGACY_TRANSFER: &str = "\
	f86e098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008082\
	2492a0e438d48b8ab4dcdbac572a715f2aedbc5a375554933acb8b5d9e111c88dd1666a01eeff4ca81fdb216\
	0484631c165125cb6566f9fb99736e690a4ea3e3923714a6";

const LEGACY_CREATE: &str = "\
	f8538001830186a08080856001600055822491a0ce34ddfbfc586c13f7f2ec113755fa2d192f6a0424c605cf\
	96c0e3ee11a283c4a073bd9c0a66d044739ac5a7e2063f9e1cc1cb888d1184564074be947920e36c50";

const ACCESS_LIST_CALL: &str = "\
	01f8dc821237010783015f909435353535353535353535353535353535353535358085a9059cbb00f872f859\
	941111111111111111111111111111111111111111f842a00000000000000000000000000000000000000000\
	000000000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
	ffd6942222222222222222222222222222222222222222c080a0dc5dce83be15bf445ac72a5a4cae47777d80\
	fd79ed14ba29dba484579c3b4d27a00eb1186b431bf27b4c7e2ab9f3cff49d781cfc46b036345574d6140990\
	244cce";

const DYNAMIC_FEE_CALL: &str = "\
	02f86d82123702843b9aca008506fc23ac0082ea609435353535353535353535353535353535353535350101\
	c080a0f14a4fc0d60a4d544a833052973191f43c7ef473d54812893b8a9f8f8dd0362ca0706a1b9275e707b8\
	4cd4fe77232b4d30b0491ae63b209bfb6dba8c2b184ae6d8";

const DYNAMIC_FEE_CREATE: &str = "\
	02f8ca82123703800583030d40808086600060005500f872f859941111111111111111111111111111111111\
	111111f842a00000000000000000000000000000000000000000000000000000000000000001a0ffffffffff\
	ffffffffffffffffffffffffffffffffffffffffffffffffffffffd694222222222222222222222222222222\
	2222222222c001a0911d51a474146857239c6150b3d28dda986da56c4adf4db6675c1b53d9be19b0a04147da\
	7029b84cd84761cbdd74ec2fe8f79d7f0082933d6d69bb2141f586ebf5";

const SET_CODE: &str = "\
	04f90194821237040209830249f09435353535353535353535353535353535353535358080f872f859941111\
	111111111111111111111111111111111111f842a00000000000000000000000000000000000000000000000\
	000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd694\
	2222222222222222222222222222222222222222c0f8baf85c82123794353535353535353535353535353535\
	35353535350501a073cf21655fb525048c42f44ac87e638d9375eeb1169d8431249264ed698670bca03ccf33\
	c64ade81cddeca60a0220811e4d0b25c089e7640b1a429c90f9926f3faf85a80940000000000000000000000\
	0000000000000000008080a08e704fa3e0bfc681c4db9a5e574329975cf70dbd247993cae3507a65f197e100\
	a019b73d1615ca4423ff2074d75c411de6002d5aee73bfbed7dceac02f1122491b01a04a3db630bd736168b0\
	3cf80b6ba2e5119572b90cd94ad6f84c0a84360cf3442fa0284ac690709ce4cedc7efd4d37a1d2fce2e59519\
	ba3c760521ad318d8f2755a7";

const LEGACY_WITHOUT_CHAIN: &str = "\
	f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000801b\
	a08383adc8b8ae116f918fb44ca7ff9dfd8012596a5c130c6246a2cc717ba41cdaa053ddfacf5bd4aa7e46d1\
	575acf52636ea659b91f29e2fb91c75567a279738f38";

const LEGACY_FOR_CHAIN_1: &str = "\
	f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025\
	a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb7\
	03304b3800ccf555c9f3dc64214b297fb1966a3b6d83";

const SENDER: &str = "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F";
const OTHER: &str = "0xE0da1EdCea030875cD0F199d96eB70f6ab78fAF2";

fn address(text: &str) -> Address {
	text.parse().expect("an address")
}

fn called() -> TxKind {
	TxKind::Call([0x35; 20].into())
}

fn raw(digits: &str) -> RawTransaction {
	let bytes = hex::decode(digits).expect("digits");
	RawTransaction::decode(&bytes).expect("well-formed")
}

/// Checks what is so for all of them.
fn verified(digits: &str, hash: &str, kind: TransactionType, nonce: u64) -> VerifiedTransaction {
	let found = raw(digits).verify(CHAIN).expect("valid");
	assert_eq!(found.sender(), address(SENDER));
	assert_eq!(found.hash(), hash.parse::<B256>().expect("a hash"));
	assert_eq!((found.transaction_type(), found.nonce(), found.chain_id()), (kind, nonce, CHAIN));
	assert_eq!(hex::encode(found.bytes()), digits);
	assert!(check_gas(&found).is_ok());
	found
}

fn fees(found: &VerifiedTransaction) -> (u128, u128, u64) {
	(found.max_priority_fee_per_gas(), found.max_fee_per_gas(), found.gas_limit())
}

fn listed() -> unum_ethereum_transaction::AccessList {
	let mut one = [0; 32];
	one[31] = 1;
	access_list(&[([0x11; 20], &[one, [0xff; 32]]), ([0x22; 20], &[])])
}

#[test]
fn legacy() {
	let hash = "0x11d01c7da54d64a97939708e0bf92e499bd466dc62b75df63fc8c9558282f579";
	let found = verified(LEGACY_TRANSFER, hash, TransactionType::Legacy, 9);
	assert_eq!(fees(&found), (20_000_000_000, 20_000_000_000, 21_000));
	assert_eq!((found.to(), found.value()), (called(), U256::from(10u64.pow(18))));
	assert_eq!((found.input().len(), found.v()), (0, 9362));
	let r = "0xe438d48b8ab4dcdbac572a715f2aedbc5a375554933acb8b5d9e111c88dd1666";
	assert_eq!(found.signature().r, r.parse::<U256>().expect("a number"));
	let s = "0x1eeff4ca81fdb2160484631c165125cb6566f9fb99736e690a4ea3e3923714a6";
	assert_eq!(found.signature().s, s.parse::<U256>().expect("a number"));
	assert_eq!(found.cost_cap_total(), U256::from(10u64.pow(18) + 21_000 * 20_000_000_000));

	let hash = "0xea543b43e4110b4277d16fb53eb07d25a3589669ad9d94ef0d5238a90b441586";
	let found = verified(LEGACY_CREATE, hash, TransactionType::Legacy, 0);
	assert_eq!((found.to(), found.v()), (TxKind::Create, 9361));
	assert_eq!(hex::encode(found.input()), "6001600055");
}

#[test]
fn with_an_access_list() {
	let hash = "0xe92f1831f61f885249d51859783e6351efd111120f293cd5746e972f2fa0a271";
	let found = verified(ACCESS_LIST_CALL, hash, TransactionType::AccessList, 1);
	assert_eq!((fees(&found), found.v()), ((7, 7, 90_000), 0));
	assert_eq!(found.access_list(), &listed());
	assert_eq!(hex::encode(found.input()), "a9059cbb00");
}

#[test]
fn with_a_dynamic_fee() {
	let hash = "0xd35c332e1078c1c789261db503eeeb25322127f23d0f5f392bc8a785e0d2267e";
	let found = verified(DYNAMIC_FEE_CALL, hash, TransactionType::DynamicFee, 2);
	assert_eq!(fees(&found), (1_000_000_000, 30_000_000_000, 60_000));
	assert_eq!(found.effective_gas_price(7_000_000_000), Ok(8_000_000_000));
	assert!(found.access_list().is_empty());

	let hash = "0x90a9d74e56651af5df1789a0d7b5c416c9c856d094ff8a24e165f20918e60010";
	let found = verified(DYNAMIC_FEE_CREATE, hash, TransactionType::DynamicFee, 3);
	assert_eq!((fees(&found), found.v()), ((0, 5, 200_000), 1));
	assert_eq!((found.to(), found.access_list()), (TxKind::Create, &listed()));
}

#[test]
fn with_authorizations() {
	let hash = "0xd653fb028ae3797c97e2c92d30f34e49ffced07b33c2a3cf8f9df541162d03e4";
	let found = verified(SET_CODE, hash, TransactionType::SetCode, 4);
	assert_eq!((fees(&found), found.to()), ((2, 9, 150_000), called()));
	let of = |authorization: unum_ethereum_transaction::RecoveredAuthorization| {
		let authority = authorization.authority().expect("signed");
		(authority, authorization.chain_id, authorization.address, authorization.nonce)
	};
	let first = (address(OTHER), U256::from(CHAIN), Address::repeat_byte(0x35), 5);
	let second = (address(SENDER), U256::ZERO, Address::ZERO, 0);
	assert_eq!(found.authorizations().map(of).collect::<Vec<_>>(), [first, second]);
}

/// The wallet takes any chain, and none.
#[test]
fn for_another_chain_or_for_all() {
	let foreign = VerifyError::WrongChainId { have: 1, want: CHAIN };
	assert_eq!(raw(LEGACY_FOR_CHAIN_1).verify(CHAIN), Err(foreign));
	assert_eq!(raw(LEGACY_WITHOUT_CHAIN).verify(CHAIN), Err(VerifyError::Unprotected));
	for digits in [LEGACY_FOR_CHAIN_1, LEGACY_WITHOUT_CHAIN] {
		assert_eq!(raw(digits).recover_sender(), Ok(address(SENDER)));
	}
}
