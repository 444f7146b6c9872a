// SPDX-License-Identifier: Apache-2.0
//! Where clients connect: one address for HTTP and one for websockets, as they expect it. Both take both.

use std::{
	future::Future,
	io,
	net::{SocketAddr, TcpListener},
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
};

use jsonrpsee::{
	server::{
		middleware::{http::HostFilterLayer, rpc::RpcServiceBuilder},
		BatchRequestConfig, HttpBody, HttpRequest, HttpResponse, PingConfig,
		RandomIntegerIdProvider, ServerHandle,
	},
	RpcModule,
};
use tower::{Layer, Service};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use crate::{ids::CheckIds, limits, unsubscribe::Unsubscriptions, SolanaChain};

/// A server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
	/// The socket can't be used.
	#[error("the Solana JSON-RPC cannot listen: {0}")]
	Socket(#[from] io::Error),
}

/// Sockets that are listened on.
#[derive(Debug)]
pub struct Listening {
	/// For HTTP.
	pub http: TcpListener,
	/// For websockets.
	pub websocket: TcpListener,
}

/// A server that runs, until it is dropped.
#[derive(Debug)]
pub struct Server {
	handles: Vec<ServerHandle>,
	http: SocketAddr,
	websocket: SocketAddr,
}

impl Server {
	/// Starts to serve, on the current asynchronous runtime. `origins`: from which web pages browsers may
	/// come; from all if none is given. `chain` tells who asks `GET /health`.
	///
	/// # Errors
	/// [`ServerError`].
	pub fn start<C: SolanaChain>(
		listening: Listening,
		origins: Option<&[String]>,
		chain: &Arc<C>,
		module: &RpcModule<()>,
	) -> Result<Self, ServerError> {
		let (http, websocket) = (listening.http.local_addr()?, listening.websocket.local_addr()?);
		let sockets = [(listening.http, http), (listening.websocket, websocket)];
		let handles = sockets.map(|(socket, address)| {
			socket.set_nonblocking(true)?;
			let health = Health(chain.clone());
			serve(socket, address, origins, health, module)
		});
		let handles = handles.into_iter().collect::<Result<_, io::Error>>()?;
		Ok(Self { handles, http, websocket })
	}

	/// Where it listens for HTTP.
	pub const fn http(&self) -> SocketAddr {
		self.http
	}

	/// Where it listens for websockets.
	pub const fn websocket(&self) -> SocketAddr {
		self.websocket
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		for handle in &self.handles {
			// It may have stopped by itself.
			let _ = handle.stop();
		}
	}
}

fn serve<C: SolanaChain>(
	socket: TcpListener,
	address: SocketAddr,
	origins: Option<&[String]>,
	health: Health<C>,
	module: &RpcModule<()>,
) -> io::Result<ServerHandle> {
	let middleware = tower::ServiceBuilder::new()
		.option_layer(hosts(origins, address))
		.layer(cors(origins))
		.layer(health)
		.layer(CheckIds);
	let server = jsonrpsee::server::Server::builder()
		.set_http_middleware(middleware)
		.set_rpc_middleware(RpcServiceBuilder::new().layer(Unsubscriptions))
		.set_id_provider(RandomIntegerIdProvider)
		// The length of a request limits it, and that of an answer what it comes to.
		.set_batch_request_config(BatchRequestConfig::Unlimited)
		.max_request_body_size(limits::MAX_REQUEST)
		.max_response_body_size(limits::MAX_RESPONSE)
		.max_connections(limits::MAX_CONNECTIONS)
		.max_subscriptions_per_connection(limits::MAX_SUBSCRIPTIONS)
		.enable_ws_ping(PingConfig::new())
		.build_from_tcp(socket)?;
	Ok(server.start(module.clone()))
}

/// Which origins browsers may come from.
fn cors(origins: Option<&[String]>) -> CorsLayer {
	let Some(origins) = origins else { return CorsLayer::permissive() };
	let origins = origins.to_vec();
	let allowed = AllowOrigin::predicate(move |origin, _| {
		origin.to_str().is_ok_and(|origin| origins.iter().any(|allowed| allowed == origin))
	});
	CorsLayer::new().allow_origin(allowed).allow_methods(Any).allow_headers(Any)
}

/// Where origins are restricted, so are the names by which this machine is called: a page of another
/// origin can give this machine a name of its own.
fn hosts(origins: Option<&[String]>, address: SocketAddr) -> Option<HostFilterLayer> {
	origins?;
	let port = address.port();
	let hosts = [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")];
	HostFilterLayer::new(hosts).ok()
}

/// Answers `GET /health`, which monitors and load balancers ask.
struct Health<C>(Arc<C>);

impl<C> Clone for Health<C> {
	fn clone(&self) -> Self {
		Self(self.0.clone())
	}
}

impl<C, S> Layer<S> for Health<C> {
	type Service = HealthService<C, S>;

	fn layer(&self, inner: S) -> Self::Service {
		HealthService { chain: self.0.clone(), inner }
	}
}

struct HealthService<C, S> {
	chain: Arc<C>,
	inner: S,
}

impl<C, S: Clone> Clone for HealthService<C, S> {
	fn clone(&self) -> Self {
		Self { chain: self.chain.clone(), inner: self.inner.clone() }
	}
}

impl<C, S, B> Service<HttpRequest<B>> for HealthService<C, S>
where
	C: SolanaChain,
	S: Service<HttpRequest<B>, Response = HttpResponse>,
	S::Future: Send + 'static,
	S::Error: 'static,
{
	type Response = HttpResponse;
	type Error = S::Error;
	type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, S::Error>> + Send>>;

	fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
		self.inner.poll_ready(context)
	}

	fn call(&mut self, request: HttpRequest<B>) -> Self::Future {
		if request.method().as_str() == "GET" && request.uri().path() == "/health" {
			let said = match self.chain.slots_behind() {
				None => "ok".into(),
				Some(slots) => format!("behind {{ distance: {slots} }}"),
			};
			return Box::pin(async move { Ok(HttpResponse::new(HttpBody::from(said))) });
		}
		Box::pin(self.inner.call(request))
	}
}
