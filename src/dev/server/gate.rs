//! The gate: what every request goes through before anything answers it.
//!
//! It knows nothing of the site. Behind it a request has a known host, one of two methods, and
//! an address that was decoded once and has normal names only; to it every answer owes the
//! headers that keep other sites from reading it.
//!
//! Pages hold the preview's full address, and these headers would keep one that is open under
//! another name from its own styles. So a browser is led to that address.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, HOST, HeaderName, HeaderValue, LOCATION, ORIGIN, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::names::{Asked, Names};
use crate::base::route::UrlPath;

/// The address at which a connection came in.
#[derive(Clone, Copy)]
pub(super) struct Local(pub(super) IpAddr);

/// The folder of addresses that belong to the server, not to the site.
const OWN_FOLDER: &str = "/_silabus/";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Why a request is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// No host, or more than one.
    Host,
    /// A host that is not this preview.
    ForeignHost,
    /// Another method than GET and HEAD.
    Method,
    /// An address that no file can have.
    Address,
    /// A page of another site asks for what is the server's own.
    ForeignPage,
}

/// Lets a request through with its [`UrlPath`], or turns it away.
pub(super) async fn gate(
    State(names): State<Arc<Names>>,
    Extension(Local(local)): Extension<Local>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut response = match admit(&names, local, &request) {
        Ok(address) => match asked(&names, &request, &address) {
            Asked::Beside => to_home(&names, &request, &address),
            asked => {
                request.extensions_mut().insert(asked);
                request.extensions_mut().insert(address);
                next.run(request).await
            }
        },
        Err(refusal) => refusal.into_response(),
    };
    seal(response.headers_mut());
    response
}

/// Under which name a file of the site is asked for; for the server's own any will do.
fn asked(names: &Names, request: &Request, address: &UrlPath) -> Asked {
    let host = request.headers().get(HOST);
    match host.and_then(|host| host.to_str().ok()) {
        Some(host) if !address.as_str().starts_with(OWN_FOLDER) => names.asked(host),
        _ => Asked::Home,
    }
}

/// The same address where its pages say that they are.
fn to_home(names: &Names, request: &Request, address: &UrlPath) -> Response {
    let query = request.uri().query().map(|query| format!("?{query}"));
    let query = query.unwrap_or_default();
    let to = format!("http://{}{}{query}", names.home(), address.encoded());
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to)]).into_response(),
        Err(_) => Refusal::Address.into_response(),
    }
}

/// What each answer says, whatever it is.
fn seal(headers: &mut HeaderMap) {
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(RESOURCE_POLICY, same_origin);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

fn admit<B>(
    names: &Names,
    local: IpAddr,
    request: &axum::http::Request<B>,
) -> Result<UrlPath, Refusal> {
    check_host(names, local, request)?;
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::Method);
    }
    let address = UrlPath::from_encoded(request.uri().path()).map_err(|_| Refusal::Address)?;
    if address.as_str().starts_with(OWN_FOLDER) {
        check_page(names, local, request.headers())?;
    }
    Ok(address)
}

/// The host, both of the header and of a target that names one itself (`GET http://host/`).
fn check_host<B>(
    names: &Names,
    local: IpAddr,
    request: &axum::http::Request<B>,
) -> Result<(), Refusal> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| Refusal::Host)?,
        // An old client may leave it out, and is then no friend either.
        (None, _) if request.version() < Version::HTTP_11 => return Err(Refusal::ForeignHost),
        _ => return Err(Refusal::Host),
    };
    let uri = request.uri();
    let target = uri.authority().is_none_or(|authority| {
        names.allow(authority.as_str(), local)
            && uri.scheme_str().is_none_or(|scheme| scheme == "http")
    });
    if names.allow(host, local) && target {
        Ok(())
    } else {
        Err(Refusal::ForeignHost)
    }
}

/// Who asks, as far as the browser says: only pages of the preview, and people who type.
fn check_page(names: &Names, local: IpAddr, headers: &HeaderMap) -> Result<(), Refusal> {
    let own = |origin: &HeaderValue| {
        let origin = origin.to_str();
        origin.is_ok_and(|origin| names.allow_origin(origin, local))
    };
    let near = |site: &HeaderValue| site == "same-origin" || site == "none";
    let origins = headers.get_all(ORIGIN).iter().all(own);
    if origins && headers.get_all(FETCH_SITE).iter().all(near) {
        Ok(())
    } else {
        Err(Refusal::ForeignPage)
    }
}

impl IntoResponse for Refusal {
    /// Nothing of the request is repeated.
    fn into_response(self) -> Response {
        match self {
            Self::Host => (StatusCode::BAD_REQUEST, "A request names one host.\n").into_response(),
            Self::ForeignHost => (
                StatusCode::FORBIDDEN,
                "The preview does not answer under this name: open it as localhost, or start \
                 it with this name allowed.\n",
            )
                .into_response(),
            Self::Method => {
                let methods = [(ALLOW, HeaderValue::from_static("GET, HEAD"))];
                let words = "The preview only shows: GET and HEAD.\n";
                (StatusCode::METHOD_NOT_ALLOWED, methods, words).into_response()
            }
            Self::Address => {
                let words = "No file of a site can have this address.\n";
                (StatusCode::BAD_REQUEST, words).into_response()
            }
            Self::ForeignPage => {
                let words = "This is for pages of the preview only.\n";
                (StatusCode::FORBIDDEN, words).into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests;
