//! A title is the article's headline, without the name of the paper that the window's title adds.

use super::TITLES;
use super::facts::Facts;
use super::furniture::fold;
use crate::clean;

/// The headline of a page.
pub fn of(facts: &Facts, linked: Option<String>, publisher: Option<&str>) -> Option<String> {
    let window = facts.window_title.map(clean::line).filter(|title| !title.is_empty());
    let linked = linked.map(|title| clean::line(&title)).filter(|title| !title.is_empty());
    let meta = facts.metas(TITLES).map(clean::line).find(|title| !title.is_empty());
    let [linked, meta] = [linked, meta].map(|title| title.map(|title| without_paper(&title, publisher)));
    // What stands over the text, if meta tags say the same, before what linked data tells search engines.
    let is_heading = |title: &String| facts.headings.iter().any(|heading| fold(heading) == fold(title));
    let told = match (linked, meta) {
        (Some(linked), Some(meta)) if is_heading(&meta) && !is_heading(&linked) => Some(meta),
        (linked, meta) => linked.or(meta),
    };
    // Of several headings of the first rank, the one that the other titles confirm.
    let heading = facts
        .headings
        .iter()
        .find(|heading| told.iter().chain(&window).any(|title| contains(title, heading) || contains(heading, title)));
    let told = told.map(|told| facts.headings.iter().find(|shown| is_within(shown, &told)).cloned().unwrap_or(told));
    told.or_else(|| heading.or(facts.headings.first()).cloned())
        .or_else(|| window.map(|title| without_paper(&title, publisher)))
}

/// Whether a heading is a title without what meta tags put before or behind it: a label, a section, a paper.
fn is_within(heading: &str, title: &str) -> bool {
    const SIGNS: [char; 8] = ['|', '-', '–', '—', '·', '•', ':', '›'];
    let before = title.strip_suffix(heading).map(|rest| rest.trim_end().ends_with(SIGNS));
    let behind = title.strip_prefix(heading).map(|rest| rest.trim_start().starts_with(SIGNS));
    heading.len() * 2 > title.len() && (before == Some(true) || behind == Some(true))
}

fn contains(long: &str, short: &str) -> bool {
    short.len() >= 10 && long.to_lowercase().contains(&short.to_lowercase())
}

/// "Storm hits coast - The Example" without its paper: the last part after a dash or a bar, if it is the publisher's name
/// or has few words beside what stands before it.
fn without_paper(title: &str, publisher: Option<&str>) -> String {
    for sign in [" | ", " — ", " – ", " - ", " :: ", " · ", " • "] {
        let Some((front, paper)) = title.rsplit_once(sign) else { continue };
        let is_publisher = publisher.is_some_and(|publisher| same(paper, publisher));
        let front_words = front.split_whitespace().count();
        let looks_so = sign == " | " && front_words >= 4 && paper.split_whitespace().count() <= 4;
        if front_words >= 2 && (is_publisher || looks_so) {
            return without_paper(front, publisher);
        }
    }
    title.to_owned()
}

/// The same name but for case, signs, `The` and the ending of a domain.
fn same(one: &str, other: &str) -> bool {
    let fold = |name: &str| {
        let name = name.to_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name);
        let name = [".com", ".co.uk", ".org", ".net", " online", " news"]
            .iter()
            .fold(name, |name, ending| name.strip_suffix(ending).unwrap_or(name));
        name.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let (one, other) = (fold(one), fold(other));
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}
