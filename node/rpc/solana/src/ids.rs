// SPDX-License-Identifier: Apache-2.0
//! Requests whose `id` is none: a negative number, a fraction, a truth, a list.
//!
//! The server takes them for notifications and answers nothing; a client would wait for ever. Here they
//! are made what they are, invalid requests, before the server sees them (`jsonrpc-core` upstream). What
//! comes over websockets can't be looked at before the server has.

use std::{
	future::Future,
	pin::Pin,
	task::{Context, Poll},
};

use jsonrpsee::{
	core::http_helpers::{read_body, HttpError},
	server::{
		http::{content_type_is_json, response},
		HttpBody, HttpRequest, HttpResponse,
	},
	types::Id,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use tower::{Layer, Service};

use crate::limits;

/// What the server answers to that a request is invalid, with no `id` of its own.
const INVALID: &str = r#"{"id":null}"#;

/// Looks at the `id` of each request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckIds;

impl<S> Layer<S> for CheckIds {
	type Service = CheckIdsService<S>;

	fn layer(&self, inner: S) -> Self::Service {
		CheckIdsService(inner)
	}
}

/// The service behind [`CheckIds`].
#[derive(Clone, Debug)]
pub(crate) struct CheckIdsService<S>(S);

impl<S> Service<HttpRequest> for CheckIdsService<S>
where
	S: Service<HttpRequest, Response = HttpResponse> + Clone + Send + 'static,
	S::Future: Send + 'static,
{
	type Response = HttpResponse;
	type Error = S::Error;
	type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, S::Error>> + Send>>;

	fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
		self.0.poll_ready(context)
	}

	fn call(&mut self, request: HttpRequest) -> Self::Future {
		// Everything else the server refuses, or it opens a websocket.
		if request.method().as_str() != "POST" || !content_type_is_json(&request) {
			return Box::pin(self.0.call(request));
		}
		// The clone is not ready yet; the one that is answers.
		let waiting = self.0.clone();
		let mut ready = std::mem::replace(&mut self.0, waiting);
		Box::pin(async move {
			let (head, body) = request.into_parts();
			match read_body(&head.headers, body, limits::MAX_REQUEST).await {
				Ok((body, is_single)) => {
					let body = HttpBody::from(checked(body, is_single));
					ready.call(HttpRequest::from_parts(head, body)).await
				},
				Err(HttpError::TooLarge) => Ok(response::too_large(limits::MAX_REQUEST)),
				Err(HttpError::Malformed) => Ok(response::malformed()),
				Err(HttpError::Stream(error)) => {
					log::debug!(target: "solana-rpc", "a request can't be read: {error}");
					Ok(response::malformed())
				},
			}
		})
	}
}

/// A request or a batch, in which those whose `id` is none are invalid ones. What can't be read is left
/// to the server.
fn checked(body: Vec<u8>, is_single: bool) -> Vec<u8> {
	if is_single {
		return match std::str::from_utf8(&body).is_ok_and(has_wrong_id) {
			true => INVALID.into(),
			false => body,
		};
	}
	let Ok(requests) = serde_json::from_slice::<Vec<&RawValue>>(&body) else { return body };
	if !requests.iter().any(|request| has_wrong_id(request.get())) {
		return body;
	}
	let kept = |request: &&RawValue| match has_wrong_id(request.get()) {
		true => INVALID.to_string(),
		false => request.get().to_string(),
	};
	format!("[{}]", requests.iter().map(kept).collect::<Vec<_>>().join(",")).into_bytes()
}

/// A request, as far as it matters here.
#[derive(Deserialize)]
struct Named<'a> {
	#[serde(borrow)]
	id: Option<&'a RawValue>,
}

fn has_wrong_id(request: &str) -> bool {
	let id = serde_json::from_str::<Named<'_>>(request).ok().and_then(|request| request.id);
	id.is_some_and(|id| serde_json::from_str::<Id<'_>>(id.get()).is_err())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn request(id: &str) -> String {
		format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"getHealth"}}"#)
	}

	#[test]
	fn ids_are_texts_whole_numbers_and_null() {
		for id in ["0", "1", "18446744073709551615", r#""a""#, r#""\u0061""#, r#""""#, "null"] {
			assert!(!has_wrong_id(&request(id)), "{id}");
		}
		for id in ["-1", "1.5", "true", "[1]", "{}", "18446744073709551616"] {
			assert!(has_wrong_id(&request(id)), "{id}");
		}
	}

	#[test]
	fn only_requests_with_a_wrong_id_are_replaced() {
		let (right, wrong) = (request("1"), request("-1"));
		let notification = r#"{"jsonrpc":"2.0","method":"ping"}"#;
		let check = |text: &str, is_single| {
			String::from_utf8(checked(text.as_bytes().to_vec(), is_single)).unwrap()
		};
		assert_eq!(check(&wrong, true), INVALID);
		for untouched in [&right, notification, "{", r#"{"id":1,"id":-1}"#] {
			assert_eq!(check(untouched, true), untouched);
		}
		let batch = format!("[{right}, {wrong},{notification},7]");
		assert_eq!(check(&batch, false), format!("[{right},{INVALID},{notification},7]"));
		for untouched in [format!("[{right} , {right}]"), "[".into(), "[]".into()] {
			assert_eq!(check(&untouched, false), untouched);
		}
	}
}
