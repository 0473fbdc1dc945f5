//! Answers requests from memory. Listens on the loopback interface only.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::sync::watch;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::connections::{self, Bounds, Lease};
use super::{Content, Step, access, toolbar};
use crate::cms;
use crate::message::{Language, Message, message};
use crate::output::content_type;
use crate::text::percent_decode;

/// The builder replaces its content.
#[derive(Clone, Debug)]
pub struct ServedSite {
    content: Arc<RwLock<Arc<Content>>>,
    version: watch::Sender<u64>,
    /// The language of the preview's own words.
    language: Language,
}

/// A bound port of this machine.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl ServedSite {
    /// Replaces the content and notifies every open page.
    pub fn put(&self, content: Content) {
        *self.content.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(content);
        self.version.send_modify(|version| *version += 1);
    }

    fn content(&self) -> (Arc<Content>, u64) {
        let content = Arc::clone(&self.content.read().unwrap_or_else(PoisonError::into_inner));
        (content, *self.version.borrow())
    }
}

impl Server {
    /// Binds a port of the loopback interface; 0 takes any free port.
    pub fn bind(port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Server { listener, address })
    }

    /// As `http://127.0.0.1:4000/`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers requests in its own thread until the program ends. Calls `ask` when the reader wants
    /// to step in time.
    pub fn run(
        self,
        language: Language,
        ask: impl Fn(Step) + Send + Sync + 'static,
    ) -> io::Result<ServedSite> {
        let held = Arc::new(RwLock::new(Arc::new(Content::default())));
        let serving = ServedSite { content: held, version: watch::Sender::new(0), language };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let shown = serving.clone();
        thread::Builder::new().name("preview".into()).spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(self.listener) else { return };
                connections::serve(listener, routes(serving, Arc::new(ask)), Bounds::DEFAULT).await;
            });
        })?;
        Ok(shown)
    }
}

type Ask = Arc<dyn Fn(Step) + Send + Sync>;

fn routes(shelf: ServedSite, ask: Ask) -> Router {
    let step = move |Path(name): Path<String>| async move {
        match Step::named(&name) {
            Some(step) => {
                ask(step);
                StatusCode::NO_CONTENT
            }
            None => StatusCode::NOT_FOUND,
        }
    };
    let own = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], text) })
    };
    Router::new()
        .route(&format!("/{}/events", toolbar::FOLDER), get(events))
        .route(&format!("/{}/step/{{name}}", toolbar::FOLDER), post(step))
        .route(&format!("/{}/preview.css", toolbar::FOLDER), own("text/css; charset=utf-8", toolbar::STYLE))
        .route(
            &format!("/{}/preview.js", toolbar::FOLDER),
            own("text/javascript; charset=utf-8", toolbar::SCRIPT),
        )
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(shelf.language, admitted))
        .layer(middleware::map_response(guarded))
        .with_state(shelf)
}

async fn admitted(State(language): State<Language>, request: Request, next: Next) -> Response {
    match access::admit(&request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => plain(refusal.status(), &refusal.message(), language),
    }
}

/// An answer of one line.
fn plain(status: StatusCode, message: &Message, language: Language) -> Response {
    (status, format!("{}\n", message.text(language))).into_response()
}

/// Default headers of every answer: a second protection, for browsers that do not send fetch metadata.
const GUARD: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'self'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (OPENER, "same-origin"),
];
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

async fn guarded(mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in GUARD {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Streams the version of the content, and each new version.
async fn events(State(shelf): State<ServedSite>, Extension(lease): Extension<Lease>) -> Response {
    let Some(held) = lease.stream() else {
        let message = message!("preview-too-many-pages", "too many pages are waiting for changes");
        return plain(StatusCode::SERVICE_UNAVAILABLE, &message, shelf.language);
    };
    let versions = WatchStream::new(shelf.version.subscribe()).map(move |version| {
        let _ = &held;
        Ok::<_, Infallible>(Event::default().data(version.to_string()))
    });
    Sse::new(versions).keep_alive(KeepAlive::default()).into_response()
}

async fn file(State(shelf): State<ServedSite>, uri: Uri) -> Response {
    let language = shelf.language;
    let (content, version) = shelf.content();
    if content.files.is_empty() {
        return page(StatusCode::OK, toolbar::faults_alone(&content, version, language));
    }
    let path = uri.path().trim_start_matches('/');
    let Some(path) = percent_decode(path) else {
        let message = message!("preview-address", "cannot decode this address");
        return plain(StatusCode::BAD_REQUEST, &message, language);
    };
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
    if let Some(bytes) = content.files.get(&name) {
        return answer(StatusCode::OK, &name, bytes, &content, (version, language));
    }
    if content.files.contains_key(&format!("{path}/index.html")) {
        let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
        // One slash at the start: two would lead to another host.
        let to = format!("/{}/{query}", uri.path().trim_start_matches('/'));
        return (StatusCode::FOUND, [(header::LOCATION, to)]).into_response();
    }
    match content.files.get("404.html") {
        Some(bytes) => answer(StatusCode::NOT_FOUND, "404.html", bytes, &content, (version, language)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(
    status: StatusCode,
    name: &str,
    bytes: &[u8],
    content: &Content,
    (version, language): (u64, Language),
) -> Response {
    // The editor contains unsaved work, so it must not be reloaded.
    let is_editor = name.strip_prefix(cms::FOLDER).is_some_and(|rest| rest.starts_with('/'))
        && content.files.contains_key(&format!("{}/{}", cms::FOLDER, cms::BUNDLE));
    if extension(name) == "html" && is_editor {
        let page = page(status, String::from_utf8_lossy(bytes).into_owned());
        // The editor's login may open its own window, which reports back to the editor.
        return ([(OPENER, "same-origin-allow-popups")], page).into_response();
    }
    if extension(name) == "html" {
        return page(status, toolbar::dress(&String::from_utf8_lossy(bytes), content, version, language));
    }
    (status, [(header::CONTENT_TYPE, content_type(name))], Body::from(bytes.to_vec())).into_response()
}

fn page(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
