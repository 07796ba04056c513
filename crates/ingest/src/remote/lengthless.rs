//! A lengthless answer is one whose server does not tell how long it is: it comes in chunks, or ends when the server hangs
//! up. `object_store` reads no answer without a length, so such an answer is given one that no object has.

use std::future::Future;
use std::pin::Pin;

use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector,
};
use object_store::{ClientOptions, Result};

/// The length of an answer whose server told none: 2^53 bytes, so that it also fits the header of a request for the rest.
pub const UNTOLD: u64 = 1 << 53;

/// Connects as `object_store` does by itself.
#[derive(Debug)]
pub struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> Result<HttpClient> {
        ReqwestConnector::default().connect(options).map(|client| HttpClient::new(Service(client)))
    }
}

#[derive(Debug)]
struct Service(HttpClient);

impl HttpService for Service {
    fn call<'service, 'answer>(
        &'service self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'answer>>
    where
        'service: 'answer,
        Self: 'answer,
    {
        Box::pin(async move {
            let mut answer = self.0.execute(request).await?;
            if answer.status().is_success() {
                answer.headers_mut().entry("content-length").or_insert(UNTOLD.into());
            }
            Ok(answer)
        })
    }
}
