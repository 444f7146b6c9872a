// SPDX-License-Identifier: Apache-2.0
//! Well-known addresses of Solana.

use unum_address::SvmAddress;

/// Declares one function per well-known address.
macro_rules! ids {
	($($(#[$doc:meta])* $name:ident = $text:literal $bytes:expr;)*) => {
		$(
			$(#[$doc])*
			#[doc = concat!("`", $text, "`.")]
			pub fn $name() -> SvmAddress {
				SvmAddress::from($bytes)
			}
		)*

		#[cfg(test)]
		mod tests {
			#[test]
			fn the_bytes_are_those_of_the_text() {
				$(assert_eq!(alloc::string::ToString::to_string(&super::$name()), $text);)*
			}
		}
	};
}

ids! {
	/// The System program, which owns every account that no other program does:
	system_program = "11111111111111111111111111111111" [0; 32];
	/// The SPL Token program:
	token_program = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA" [
		6, 221, 246, 225, 215, 101, 161, 147, 217, 203, 225, 70, 206, 235, 121, 172, 28, 180, 133, 237,
		95, 91, 55, 145, 58, 140, 245, 133, 126, 255, 0, 169,
	];
	/// The program of Token-2022, whose multisigs the token program accepts:
	token_2022_program = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb" [
		6, 221, 246, 225, 238, 117, 143, 222, 24, 66, 93, 188, 228, 108, 205, 218, 182, 26, 252, 77,
		131, 185, 13, 39, 254, 189, 249, 40, 216, 161, 139, 252,
	];
	/// The Associated Token Account program:
	associated_token_program = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL" [
		140, 151, 37, 143, 78, 36, 137, 241, 187, 61, 16, 41, 20, 142, 13, 131, 11, 90, 19, 153, 218,
		255, 16, 132, 4, 142, 123, 216, 219, 233, 248, 89,
	];
	/// The mint of the wrapped native coin:
	native_mint = "So11111111111111111111111111111111111111112" [
		6, 155, 136, 87, 254, 171, 129, 132, 251, 104, 127, 99, 70, 24, 192, 53, 218, 196, 57, 220, 26,
		235, 59, 85, 152, 160, 240, 0, 0, 0, 0, 1,
	];
	/// The system variable that says what rent is:
	rent_sysvar = "SysvarRent111111111111111111111111111111111" [
		6, 167, 213, 23, 25, 44, 92, 81, 33, 140, 201, 76, 61, 74, 241, 127, 88, 218, 238, 8, 155, 161,
		253, 68, 227, 219, 217, 138, 0, 0, 0, 0,
	];
	/// The address whose lamports are destroyed:
	incinerator = "1nc1nerator11111111111111111111111111111111" [
		0, 51, 144, 114, 141, 52, 17, 96, 121, 189, 201, 17, 191, 255, 0, 219, 212, 77, 46, 205, 204,
		247, 156, 166, 225, 0, 56, 225, 0, 0, 0, 0,
	];
}
