// SPDX-License-Identifier: Apache-2.0
//! What is answered to who ends a subscription that there is not: the error that Agave has for it
//! (`rpc_pubsub.rs`), in place of `false`.

use futures::{future::BoxFuture, FutureExt};
use jsonrpsee::{
	core::server::MethodResponse,
	server::middleware::rpc::RpcServiceT,
	types::{error::INVALID_PARAMS_CODE, ErrorObject, Request},
};
use tower::Layer;

/// Looks at what is answered to who ends a subscription.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsubscriptions;

impl<S> Layer<S> for Unsubscriptions {
	type Service = UnsubscriptionService<S>;

	fn layer(&self, inner: S) -> Self::Service {
		UnsubscriptionService(inner)
	}
}

/// The service behind [`Unsubscriptions`].
#[derive(Clone, Debug)]
pub(crate) struct UnsubscriptionService<S>(S);

impl<'a, S> RpcServiceT<'a> for UnsubscriptionService<S>
where
	S: RpcServiceT<'a> + Clone + Send + Sync + 'a,
{
	type Future = BoxFuture<'a, MethodResponse>;

	fn call(&self, request: Request<'a>) -> Self::Future {
		let inner = self.0.clone();
		if !request.method_name().ends_with("Unsubscribe") {
			return async move { inner.call(request).await }.boxed();
		}
		async move {
			let id = request.id.clone();
			let answer = inner.call(request).await;
			match answer.as_result().ends_with(r#""result":false}"#) {
				true => MethodResponse::error(id, unknown()),
				false => answer,
			}
		}
		.boxed()
	}
}

fn unknown() -> ErrorObject<'static> {
	ErrorObject::owned(INVALID_PARAMS_CODE, "Invalid subscription id.", None::<()>)
}
