// SPDX-License-Identifier: Apache-2.0
//! The positions of a request's parameters, with the sentences of `jsonrpc-core` and `jsonrpc-derive`,
//! which Agave reads its requests with.

use std::vec::IntoIter;

use jsonrpsee::types::Params;
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use crate::RpcError;

/// Parameters that are read one after the other.
pub(crate) struct Args(IntoIter<Value>);

impl Args {
	/// The parameters of a request that needs so many and takes so many.
	pub(crate) fn new(params: &Params<'_>, needed: usize, most: usize) -> Result<Self, RpcError> {
		let values = values(params)?;
		if values.len() < needed {
			let message = format!("`params` should have at least {needed} argument(s)");
			return Err(RpcError::InvalidParams(message));
		}
		if values.len() > most {
			return Err(too_many(&values, needed, most));
		}
		Ok(Self(values.into_iter()))
	}

	/// For a request that takes none.
	pub(crate) fn none(params: &Params<'_>) -> Result<(), RpcError> {
		match values(params)? {
			values if values.is_empty() => Ok(()),
			values => Err(RpcError::InvalidParamsDetails {
				message: "Invalid parameters: No parameters were expected".into(),
				details: Value::Array(values).to_string(),
			}),
		}
	}

	/// The next parameter, which has to be there.
	pub(crate) fn next<T: DeserializeOwned>(&mut self) -> Result<T, RpcError> {
		read(self.0.next().unwrap_or_default())
	}

	/// The next parameter; none where it is left out or null.
	pub(crate) fn optional<T: DeserializeOwned>(&mut self) -> Result<Option<T>, RpcError> {
		self.next()
	}

	/// The next parameter, or what stands for it where it is left out or null.
	pub(crate) fn config<T: DeserializeOwned + Default>(&mut self) -> Result<T, RpcError> {
		Ok(self.optional()?.unwrap_or_default())
	}
}

fn too_many(values: &[Value], needed: usize, most: usize) -> RpcError {
	let message = match needed == most {
		true => format!("Invalid parameters: Expected {most} parameters."),
		false => format!("Invalid parameters: Expected from {needed} to {most} parameters."),
	};
	RpcError::InvalidParamsDetails { message, details: format!("\"Got: {}\"", values.len()) }
}

fn values(params: &Params<'_>) -> Result<Vec<Value>, RpcError> {
	let Some(text) = params.as_str() else { return Ok(Vec::new()) };
	match serde_json::from_str(text) {
		Ok(Value::Array(values)) => Ok(values),
		Ok(Value::Null) => Ok(Vec::new()),
		_ => Err(RpcError::params("`params` should be an array")),
	}
}

/// Reads a parameter.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T, RpcError> {
	// Kept for the sentence alone.
	let number = value.as_number().cloned();
	serde_json::from_value(value).map_err(|error| {
		let sentence = number.as_ref().and_then(unexpected::<T>);
		let sentence = sentence.unwrap_or_else(|| error.to_string());
		RpcError::InvalidParams(format!("Invalid params: {sentence}."))
	})
}

/// The sentence for a number that is no whole one. Where numbers are kept as they are written, which is
/// a feature of `serde_json` that one crate switches on for all, that only says that they are invalid.
fn unexpected<T>(number: &Number) -> Option<String> {
	let expected = ["u64", "usize"];
	let name = std::any::type_name::<T>();
	let expected =
		expected.into_iter().find(|word| name.contains(&format!("<{word}>")) || name == *word)?;
	Some(match number.as_i64() {
		Some(_) => format!("invalid value: integer `{number}`, expected {expected}"),
		None => format!("invalid type: floating point `{number}`, expected {expected}"),
	})
}

#[cfg(test)]
mod tests {
	use serde_json::json;

	use super::*;

	#[test]
	fn numbers_that_are_not_whole_are_told_as_upstream() {
		let of = |value: Value| read::<u64>(value).unwrap_err().to_string();
		assert_eq!(of(json!(-1)), "Invalid params: invalid value: integer `-1`, expected u64.");
		assert_eq!(
			of(json!(1.5)),
			"Invalid params: invalid type: floating point `1.5`, expected u64."
		);
		assert_eq!(of(json!("a")), "Invalid params: invalid type: string \"a\", expected u64.");
		let optional = read::<Option<usize>>(json!(-2)).unwrap_err().to_string();
		assert_eq!(optional, "Invalid params: invalid value: integer `-2`, expected usize.");
		assert_eq!(read::<u64>(json!(7)).ok(), Some(7));
	}
}
