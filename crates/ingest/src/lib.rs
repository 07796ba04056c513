//! Bytes to articles: opens what news arrives in, finds the text, and says what it refused and why.

mod article;

pub use article::{Article, Format, RawArticle, Reject};
