//! A remote place is an object that a URL names: in a store (`s3://`, `gs://`, `az://`) or on a web server (`http://`,
//! `https://`). Only what the user names is asked for. An object is read from its start to its end in the pieces that the
//! server sends, and never held whole; requests are repeated after faults of the network or the server, and a body that
//! was cut is taken up where it stopped if the server told the object's version.
//!
//! Credentials and endpoints come from the environment, by the names that the stores' own programs use: `AWS_*`,
//! `GOOGLE_*`, `AZURE_*`.

mod lengthless;

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_core::stream::BoxStream;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::http::HttpBuilder;
use object_store::path::Path;
use object_store::{ClientConfigKey, ClientOptions, Error, ObjectMeta, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::{Builder, Runtime};

use crate::places::{Kind, OpenError, Place};
use crate::reject::code;
use crate::stream::Fault;

/// How often a request is repeated.
const RETRIES: usize = 3;
/// How long a request is repeated for at most.
const RETRY_FOR: Duration = Duration::from_secs(60);
/// A server that sends nothing more for so long is given up,
const SILENCE: Duration = Duration::from_secs(30);
/// and one that does not begin to answer, repeated requests counted, for so long.
const ANSWER: Duration = Duration::from_secs(90);

/// An object to read.
#[derive(Clone)]
pub struct Remote {
    store: Arc<dyn ObjectStore>,
    path: Path,
    runtime: Arc<Runtime>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.store, self.path)
    }
}

/// The places that a URL names: one object, or all below a prefix, as a folder is walked. Web servers have no folders.
pub fn expand(url: &str) -> Result<Vec<Place>, OpenError> {
    let failure =
        |message: String, hint: &str| OpenError { place: url.to_owned(), message, hint: Some(hint.to_owned()) };
    let parsed = url::Url::parse(url).map_err(|error| failure(format!("not a URL: {error}"), "check the spelling"))?;
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = Arc::new(runtime.map_err(|error| failure(format!("cannot start: {error}"), "try again"))?);
    let silent = |fault: Fault| failure(fault.message, "check the address and the network");
    let told = |error: &Error| failure(message(error), hint(error, parsed.scheme()));
    let store = store(&parsed).map_err(|error| told(&error))?;
    // A store's bucket is the host; Azure names its container there too.
    let path = Path::from_url_path(parsed.path()).map_err(|error| failure(error.to_string(), "check the spelling"))?;
    let place = |name: String, path: Path, bytes: Option<u64>| Place {
        name,
        kind: Kind::Remote { object: Remote { store: store.clone(), path, runtime: runtime.clone() }, bytes },
    };
    if matches!(parsed.scheme(), "http" | "https") {
        return Ok(vec![place(url.to_owned(), path, None)]);
    }
    // 1. The object of that name,
    if !parsed.path().ends_with('/') && !path.as_ref().is_empty() {
        match wait(&runtime, ANSWER, store.head(&path)).map_err(silent)? {
            Ok(meta) => return Ok(vec![place(url.to_owned(), path, Some(meta.size))]),
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(told(&error)),
        }
    }
    // 2. or all objects below it, but hidden ones.
    let base = url.strip_suffix(parsed.path()).unwrap_or(url).to_owned();
    let hidden = |meta: &ObjectMeta| meta.location.parts().any(|part| part.as_ref().starts_with('.'));
    let mut found = Vec::new();
    let mut listing = store.list(Some(&path));
    while let Some(meta) = wait(&runtime, ANSWER, next(&mut listing)).map_err(silent)? {
        let meta = meta.map_err(|error| told(&error))?;
        if !hidden(&meta) && meta.size > 0 {
            found.push(place(format!("{base}/{}", meta.location), meta.location, Some(meta.size)));
        }
    }
    match found.is_empty() {
        true => {
            Err(failure("no such object, and none below it".to_owned(), "check the name of the bucket and the path"))
        }
        false => Ok(found),
    }
}

/// The store of a URL, set up from the environment.
fn store(url: &url::Url) -> Result<Arc<dyn ObjectStore>, Error> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_FOR, ..RetryConfig::default() };
    // A long object takes as long as it takes: silence is what ends it.
    let (long, connect) = ("7 days", "10 seconds");
    Ok(match url.scheme() {
        "s3" | "s3a" => Arc::new(
            AmazonS3Builder::from_env()
                .with_url(url.as_str())
                .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), long)
                .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::ConnectTimeout), connect)
                .with_retry(retry)
                .build()?,
        ),
        "gs" => Arc::new(
            GoogleCloudStorageBuilder::from_env()
                .with_url(url.as_str())
                .with_config(GoogleConfigKey::Client(ClientConfigKey::Timeout), long)
                .with_config(GoogleConfigKey::Client(ClientConfigKey::ConnectTimeout), connect)
                .with_retry(retry)
                .build()?,
        ),
        "http" | "https" => {
            // The query stays with the address; the path is the object's name.
            let mut base = url.clone();
            base.set_path("");
            base.set_fragment(None);
            let client = ClientOptions::new()
                .with_allow_http(true)
                .with_timeout_disabled()
                .with_connect_timeout(Duration::from_secs(10));
            let server = HttpBuilder::new().with_url(base).with_client_options(client).with_retry(retry);
            Arc::new(server.with_http_connector(lengthless::Connector).build()?)
        }
        _ => Arc::new(
            MicrosoftAzureBuilder::from_env()
                .with_url(url.as_str())
                .with_config(AzureConfigKey::Client(ClientConfigKey::Timeout), long)
                .with_config(AzureConfigKey::Client(ClientConfigKey::ConnectTimeout), connect)
                .with_retry(retry)
                .build()?,
        ),
    })
}

async fn next<T>(stream: &mut BoxStream<'_, T>) -> Option<T> {
    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
}

impl Remote {
    /// Opens the object for reading.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, Fault> {
        let got = wait(&self.runtime, ANSWER, self.store.get(&self.path))?
            .map_err(|error| Fault { code: code::UNREADABLE, message: message(&error) })?;
        let left = Some(got.meta.size).filter(|size| *size != lengthless::UNTOLD);
        Ok(Box::new(Body { body: got.into_stream(), runtime: self.runtime.clone(), piece: Bytes::new(), left }))
    }
}

/// Waits for a server, but not for ever.
fn wait<T>(runtime: &Runtime, limit: Duration, answer: impl Future<Output = T>) -> Result<T, Fault> {
    runtime.block_on(async { tokio::time::timeout(limit, answer).await }).map_err(|_| {
        let message = format!("the server sent nothing for {} seconds", limit.as_secs());
        Fault { code: code::UNREADABLE, message }
    })
}

/// The body of an answer, piece by piece.
struct Body {
    body: BoxStream<'static, Result<Bytes, Error>>,
    runtime: Arc<Runtime>,
    piece: Bytes,
    /// Bytes that are still to come, if the server told their number.
    left: Option<u64>,
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            self.piece = match wait(&self.runtime, SILENCE, next(&mut self.body)).map_err(io::Error::other)? {
                Some(Ok(piece)) => piece,
                Some(Err(error)) => {
                    return Err(io::Error::other(Fault { code: code::UNREADABLE, message: message(&error) }));
                }
                None => match self.left {
                    None | Some(0) => return Ok(0),
                    Some(left) => {
                        let message = format!("the object stops {left} bytes before its end");
                        return Err(io::Error::other(Fault { code: code::TRUNCATED, message }));
                    }
                },
            };
            self.left = self.left.map(|left| left.saturating_sub(self.piece.len() as u64));
        }
        let count = buffer.len().min(self.piece.len());
        buffer[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}

/// What an error says, down to its cause, in one line.
fn message(error: &Error) -> String {
    let told = match error {
        Error::NotFound { .. } => return "no such object".to_owned(),
        Error::PermissionDenied { .. } => "access is denied",
        Error::Unauthenticated { .. } => "the credentials are not accepted",
        _ => "cannot be read",
    };
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    format!("{told}: {}", cause.to_string().lines().next().unwrap_or_default())
}

fn hint(error: &Error, scheme: &str) -> &'static str {
    match (error, scheme) {
        (Error::NotFound { .. }, _) => "check the name of the bucket and the path",
        (_, "s3" | "s3a") => {
            "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION (AWS_ENDPOINT_URL for other stores, \
             AWS_SKIP_SIGNATURE=true for public buckets)"
        }
        (_, "gs") => "set GOOGLE_APPLICATION_CREDENTIALS (GOOGLE_SKIP_SIGNATURE=true for public buckets)",
        (_, "http" | "https") => "check the address with `curl -I`",
        _ => "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    }
}
