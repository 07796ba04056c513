//! Headlines: what a headline calls by its office or kind ("Court", "Kenya's vice president") is the one that the body
//! names, where only one fits.

use super::*;

impl Linker<'_> {
    /// Joins the nameless actors of the title to those of the body.
    pub(super) fn headlines(&mut self) {
        for id in 0..self.registry.all.len() {
            let Some(into) = self.in_body(id) else { continue };
            let moved = std::mem::take(&mut self.registry.all[id].mentions);
            for &m in &moved {
                self.entity[m] = Some(into);
            }
            let traits = std::mem::take(&mut self.registry.all[id].traits);
            let e = &mut self.registry.all[into];
            e.mentions.extend(moved);
            e.mentions.sort_unstable();
            e.traits.country = e.traits.country.or(traits.country);
        }
    }

    /// The one actor of the body that a nameless actor of the title can mean.
    fn in_body(&self, id: usize) -> Option<usize> {
        let e = &self.registry.all[id];
        let titled = |m: usize| self.found[m].head < self.title;
        let first = *e.mentions.iter().min()?;
        let noun = e.nouns.first().filter(|_| e.names.is_empty() && titled(first))?;
        if !matches!(e.kind, ActorKind::Person | ActorKind::Organization) {
            return None;
        }
        // An actor that the body goes on to call so by itself stays, unless a name turns up for it.
        let goes_on = e.mentions.iter().any(|&m| !titled(m));
        let fits = |&o: &usize| {
            let other = &self.registry.all[o];
            let named = !other.names.is_empty();
            let last = |n: &str| n.rsplit([' ', '-']).next().map(str::to_string);
            let called = other.nouns.iter().any(|n| n == noun || last(n).as_deref() == Some(noun.as_str()))
                || other.kind == ActorKind::Organization && other.words.contains(noun);
            let place = e.traits.country.is_none()
                || other.traits.country.is_none()
                || e.traits.country == other.traits.country;
            o != id
                && other.kind == e.kind
                && called
                && place
                && (named || !goes_on)
                && (!e.traits.former || other.traits.former)
                && other.mentions.iter().any(|&m| !titled(m))
        };
        let all: Vec<usize> = (0..self.registry.all.len()).filter(fits).collect();
        let named: Vec<usize> = all.iter().copied().filter(|&o| !self.registry.all[o].names.is_empty()).collect();
        match (named.as_slice(), all.as_slice()) {
            (&[one], _) | (&[], &[one]) => Some(one),
            _ => None,
        }
    }
}
