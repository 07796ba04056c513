//! A canonical URL names an article in one way, however many ways lead to it: scheme and host in small letters, no
//! default port, no fragment, no parameters that only follow the reader about.

use std::sync::LazyLock;

/// The canonical form of an address of the web; none where it is not one.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 8192 || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("http", rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("https", rest),
        None if text.starts_with("//") => ("https", &text[2..]),
        None if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) => ("https", text),
        _ => return None,
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default().to_lowercase();
    let port = if scheme == "http" { ":80" } else { ":443" };
    let host = host.strip_suffix(port).unwrap_or(&host).trim_end_matches(['.', ':']);
    if !host.contains(['.', ':']) && host != "localhost" {
        return None;
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut url = format!("{scheme}://{host}{}", if path.is_empty() { "/" } else { path });
    let mut sign = '?';
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        if !follows(parameter.split('=').next().unwrap_or_default()) {
            url.push(sign);
            url.push_str(parameter);
            sign = '&';
        }
    }
    Some(url)
}

/// The host of a canonical URL, without `www.` and without the port.
pub fn domain(url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split(['/', '?']).next()?;
    let host = if host.starts_with('[') { host } else { host.split(':').next()? };
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| !host.is_empty())
}

/// Parameters that only track: one name a line, `*` at the end stands for any ending.
static TRACKING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("tracking.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

fn follows(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form() {
        for (from, to) in [
            ("HTTPS://WWW.Example.com:443/A/b?utm_source=x&id=7&fbclid=9#top", "https://www.example.com/A/b?id=7"),
            ("http://example.com", "http://example.com/"),
            ("http://example.com:80?b=2&a=1", "http://example.com/?b=2&a=1"),
            ("http://example.com:8080/x", "http://example.com:8080/x"),
            ("//example.com/x", "https://example.com/x"),
            ("www.example.com/x?gclid=1", "https://www.example.com/x"),
            ("https://user:secret@example.com/x", "https://example.com/x"),
        ] {
            assert_eq!(canonical(from).as_deref(), Some(to), "from {from}");
            assert_eq!(canonical(to).as_deref(), Some(to));
        }
    }

    #[test]
    fn not_of_the_web() {
        for text in [
            "",
            "nonsense",
            "ftp://example.com/x",
            "https://",
            "/relative/path",
            "https://two words.com/",
            "mailto:a@example.com",
        ] {
            assert_eq!(canonical(text), None, "from {text}");
        }
    }

    #[test]
    fn domains() {
        assert_eq!(domain("https://www.example.co.uk:8080/x").as_deref(), Some("example.co.uk"));
        assert_eq!(domain("https://news.example.com/x").as_deref(), Some("news.example.com"));
    }
}
