//! A draft is what a format knows of an article. Assembling lays it out as every article is: clean text, the title
//! first, an identifier that does not depend on where or when the article was read.

use xxhash_rust::xxh3::Xxh3Default;

use crate::dates::Moment;
use crate::reject::{self, code};
use crate::{Article, PublishedBasis, RawArticle, Reject, clean, clues, dateline, language, url};

/// An article's parts as a format gives them, not yet clean.
#[derive(Debug, Default)]
pub struct Draft {
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub title: Option<String>,
    pub body: String,
    pub authors: Vec<String>,
    pub published: Option<Moment>,
    pub modified: Option<Moment>,
    pub language: Option<String>,
    pub section: Option<String>,
}

/// Makes the article of a draft; refuses one that has no text.
pub fn assemble(draft: Draft, raw: &RawArticle) -> Result<Article, Reject> {
    let body = clean::body(&draft.body);
    let line = |text: Option<String>| text.map(|text| clean::line(&text)).filter(|text| !text.is_empty());
    let title = line(draft.title);
    let source_id = line(draft.source_id);
    // 1. The body may repeat the title as its first line: it stands once.
    let body = match &title {
        Some(title) => without_title(&body, title),
        None => &body,
    };
    if !body.contains(char::is_alphanumeric) {
        let message = match &title {
            Some(title) => format!("no text but the title `{}`", reject::shortened(title)),
            None => "no text".to_owned(),
        };
        return Err(reject::of(raw, code::NO_TEXT, message));
    }
    // 2. Title, blank line, body.
    let (text, title_end) = match &title {
        Some(title) => (format!("{title}\n\n{body}"), title.chars().count()),
        None => (body.to_owned(), 0),
    };
    let dateline = dateline::of(body);
    let head = &text[..text.len() - body.len() + dateline.end];
    let body_start = head.chars().count();
    let words = text.split_whitespace().count();
    if u32::try_from(text.len()).is_err() {
        return Err(reject::of(raw, code::TOO_LARGE, "more than 4 GiB of text".to_owned()));
    }
    // 3. The identifier: of the address where there is one, else of what the article says.
    let url = draft.url.as_deref().and_then(url::canonical);
    let article_id = match &url {
        Some(url) => identifier(&[url]),
        None => identifier(&[source_id.as_deref().unwrap_or_default(), title.as_deref().unwrap_or_default(), &text]),
    };
    // 4. What the record leaves open and the text or the address tells.
    let given = draft.published.map(|moment| (moment, PublishedBasis::Record));
    let (published, published_basis) = given.or_else(|| clues::published(url.as_deref(), body)).unzip();
    let authors = if draft.authors.is_empty() { clues::authors(body) } else { draft.authors };
    let publisher = line(draft.publisher).or_else(|| dateline.agency.map(str::to_owned));
    Ok(Article {
        article_id,
        source_id,
        domain: url.as_deref().and_then(url::domain),
        url,
        publisher,
        title,
        authors,
        published_at: published.map(|moment| moment.at),
        published_basis,
        published_on: published.map(|moment| moment.on),
        modified_at: draft.modified.map(|moment| moment.at),
        language: language::of(body, draft.language),
        section: line(draft.section),
        text,
        // Both are below the length checked above.
        title_end: title_end as u32,
        body_start: body_start as u32,
        words: words as u32,
        source_path: raw.source_path.clone(),
        source_offset: raw.source_offset,
    })
}

/// The `article_id` of the article at a URL; none where it is no URL of the web.
pub fn article_id_of_url(url: &str) -> Option<String> {
    url::canonical(url).map(|url| identifier(&[&url]))
}

fn without_title<'a>(body: &'a str, title: &str) -> &'a str {
    match body.strip_prefix(title) {
        Some(rest) if rest.starts_with('\n') => rest.trim_start(),
        _ => body,
    }
}

/// 16 hex digits of XXH3-64 over the parts, each closed by a byte that no text holds.
fn identifier(parts: &[&str]) -> String {
    if let [only] = parts {
        return format!("{:016x}", xxhash_rust::xxh3::xxh3_64(only.as_bytes()));
    }
    let mut hash = Xxh3Default::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update(&[0xff]);
    }
    format!("{:016x}", hash.digest())
}
