// SPDX-License-Identifier: Apache-2.0
//! Amounts of tokens, as people read them (`account-decoder-client-types` upstream).

use serde_json::{json, Value};

/// An amount as text, without zeros at its end.
pub(crate) fn ui_amount(amount: u64, decimals: u8) -> String {
	let digits = amount.to_string();
	let places = usize::from(decimals);
	if places == 0 {
		return digits;
	}
	// One digit stands before the point at least.
	let digits = format!("{digits:0>width$}", width = places.saturating_add(1));
	let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
	match fraction.trim_end_matches('0') {
		"" => whole.into(),
		fraction => format!("{whole}.{fraction}"),
	}
}

/// An amount in all its forms.
pub(crate) fn amount(amount: u64, decimals: u8) -> Value {
	let text = ui_amount(amount, decimals);
	json!({
		"amount": amount.to_string(),
		"decimals": decimals,
		// The nearest number, as a client would read the text.
		"uiAmount": text.parse::<f64>().ok().filter(|number| number.is_finite()),
		"uiAmountString": text,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_written_without_zeros_at_the_end() {
		for (units, decimals, text) in [
			(0, 0, "0"),
			(0, 9, "0"),
			(1, 0, "1"),
			(10, 0, "10"),
			(1, 9, "0.000000001"),
			(1_000_000_000, 9, "1"),
			(1_234_500_000, 9, "1.2345"),
			(u64::MAX, 0, "18446744073709551615"),
			(u64::MAX, 19, "1.8446744073709551615"),
			(1, 255, &format!("0.{}1", "0".repeat(254))),
		] {
			assert_eq!(ui_amount(units, decimals), text);
		}
	}

	#[test]
	fn all_forms_agree() {
		let value = amount(1_500_000, 6);
		assert_eq!(
			value,
			json!({ "amount": "1500000", "decimals": 6, "uiAmount": 1.5, "uiAmountString": "1.5" })
		);
	}
}
