//! The ontology: PLOVER's types and modes with their scores, the rules that turn one type into another, and CAMEO.

use super::bad;
use crate::lexicons::{LexiconError, entries};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "ontology.tsv";
const CAMEO: &str = "cameo.tsv";

/// A type with its mode.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Code {
    pub kind: SmolStr,
    pub mode: Option<SmolStr>,
}

impl Code {
    /// Reads "TYPE" or "TYPE mode".
    pub fn parse(text: &str) -> Code {
        match text.split_once(' ') {
            Some((kind, mode)) => Code { kind: kind.into(), mode: Some(mode.trim().into()) },
            None => Code { kind: text.into(), mode: None },
        }
    }
}

#[derive(Debug, Clone)]
struct TypeEntry {
    quad: u8,
    score: f64,
    cameo: SmolStr,
    modes: BTreeMap<SmolStr, (f64, SmolStr)>,
}

/// The types, and what they turn into.
#[derive(Debug, Default)]
pub(crate) struct Ontology {
    types: BTreeMap<SmolStr, TypeEntry>,
    planned: BTreeMap<SmolStr, (Code, SmolStr)>,
    refused: BTreeMap<SmolStr, (Code, SmolStr)>,
    threatened: BTreeMap<Code, (SmolStr, SmolStr)>,
    swallowed: BTreeSet<(SmolStr, SmolStr)>,
    content: BTreeSet<SmolStr>,
    purpose: BTreeSet<SmolStr>,
    hosted: BTreeSet<SmolStr>,
    implied: BTreeMap<SmolStr, Vec<SmolStr>>,
    inside: BTreeMap<SmolStr, Vec<SmolStr>>,
    local: BTreeMap<Code, Vec<SmolStr>>,
    contexts: BTreeSet<SmolStr>,
    goldstein: BTreeMap<SmolStr, f64>,
    cameo_contexts: BTreeMap<SmolStr, Vec<SmolStr>>,
}

impl Ontology {
    /// Parses `ontology.tsv` and `cameo.tsv`.
    pub fn load() -> Result<Ontology, LexiconError> {
        Ontology::parse(
            include_str!("../../../../../data/lexicons/ontology.tsv"),
            include_str!("../../../../../data/lexicons/cameo.tsv"),
        )
    }

    fn parse(text: &str, cameo: &str) -> Result<Ontology, LexiconError> {
        let mut out = Ontology::default();
        for (line, entry) in entries(text) {
            let cells: Vec<&str> = entry.split('\t').collect();
            let number = |s: &str| s.parse::<f64>().map_err(|_| bad(FILE, line, format!("`{s}` is not a number")));
            match cells.as_slice() {
                ["type", name, quad, score, "required" | "optional", cameo] => {
                    let quad = number(quad)? as u8;
                    let entry =
                        TypeEntry { quad, score: number(score)?, cameo: (*cameo).into(), modes: BTreeMap::new() };
                    out.types.insert((*name).into(), entry);
                }
                ["mode", name, mode, score, cameo] => {
                    let score = number(score)?;
                    let Some(kind) = out.types.get_mut(*name) else {
                        return Err(bad(FILE, line, format!("unknown type `{name}`")));
                    };
                    kind.modes.insert((*mode).into(), (score, (*cameo).into()));
                }
                ["planned", name, to, cameo] => {
                    out.planned.insert(out.known(name, line)?.kind, (out.known(to, line)?, (*cameo).into()));
                }
                ["refused", name, to, cameo] => {
                    out.refused.insert(out.known(name, line)?.kind, (out.known(to, line)?, (*cameo).into()));
                }
                ["threatened", name, mode, cameo] => {
                    out.known(&format!("THREATEN {mode}"), line)?;
                    out.threatened.insert(out.known(name, line)?, ((*mode).into(), (*cameo).into()));
                }
                ["swallowed", name, by] => {
                    out.swallowed.insert((out.known(name, line)?.kind, out.known(by, line)?.kind));
                }
                ["content", name] => {
                    out.content.insert(out.known(name, line)?.kind);
                }
                ["purpose", name] => {
                    out.purpose.insert(out.known(name, line)?.kind);
                }
                ["implied", name, roles] => {
                    let roles = roles.split_whitespace().map(SmolStr::from).collect();
                    out.implied.insert(out.known(name, line)?.kind, roles);
                }
                ["inside", name, roles] => {
                    let roles = roles.split_whitespace().map(SmolStr::from).collect();
                    out.inside.insert(out.known(name, line)?.kind, roles);
                }
                ["local", name, roles] => {
                    let roles = roles.split_whitespace().map(SmolStr::from).collect();
                    out.local.insert(out.known(name, line)?, roles);
                }
                ["hosted", name] => {
                    out.hosted.insert(out.known(name, line)?.kind);
                }
                ["context", name] => {
                    out.contexts.insert((*name).into());
                }
                _ => return Err(bad(FILE, line, format!("no such entry: `{entry}`"))),
            }
        }
        for (line, entry) in entries(cameo) {
            let [code, kind, mode, score, contexts] = entry.split('\t').collect::<Vec<_>>()[..] else {
                return Err(bad(CAMEO, line, "5 columns expected"));
            };
            let Ok(score) = score.parse::<f64>() else {
                return Err(bad(CAMEO, line, format!("`{score}` is not a number")));
            };
            let known = kind == "-" || out.knows(&Code { kind: kind.into(), mode: (mode != "-").then(|| mode.into()) });
            if !known {
                return Err(bad(CAMEO, line, format!("unknown type or mode `{kind} {mode}`")));
            }
            out.goldstein.insert(code.into(), score);
            if contexts != "-" {
                out.cameo_contexts.insert(code.into(), contexts.split(',').map(SmolStr::from).collect());
            }
        }
        Ok(out)
    }

    fn known(&self, name: &str, line: usize) -> Result<Code, LexiconError> {
        let code = Code::parse(name);
        if self.knows(&code) { Ok(code) } else { Err(bad(FILE, line, format!("unknown type or mode `{name}`"))) }
    }

    /// Whether `code` is a type of PLOVER with one of its modes.
    pub fn knows(&self, code: &Code) -> bool {
        self.types.get(&code.kind).is_some_and(|t| code.mode.as_ref().is_none_or(|m| t.modes.contains_key(m)))
    }

    /// Whether `name` is a context of PLOVER.
    pub fn knows_context(&self, name: &str) -> bool {
        self.contexts.contains(name)
    }

    /// Whether `code` is a CAMEO code.
    pub fn knows_cameo(&self, code: &str) -> bool {
        self.goldstein.contains_key(code)
    }

    /// Quad class of a type.
    pub fn quad(&self, kind: &str) -> u8 {
        self.types.get(kind).map_or(0, |t| t.quad)
    }

    /// PLOVER score of a type or its mode.
    pub fn score(&self, code: &Code) -> f64 {
        let Some(t) = self.types.get(&code.kind) else { return 0.0 };
        code.mode.as_ref().and_then(|m| t.modes.get(m)).map_or(t.score, |(s, _)| *s)
    }

    /// The CAMEO code where nothing deeper is known.
    pub fn cameo(&self, code: &Code) -> Option<SmolStr> {
        let t = self.types.get(&code.kind)?;
        Some(code.mode.as_ref().and_then(|m| t.modes.get(m)).map_or(&t.cameo, |(_, c)| c).clone())
    }

    /// Goldstein score of a CAMEO code, or of the nearest code above it.
    pub fn goldstein(&self, cameo: &str) -> Option<f64> {
        (2..=cameo.len()).rev().find_map(|n| self.goldstein.get(cameo.get(..n)?).copied())
    }

    /// Contexts that a CAMEO code implies.
    pub fn contexts_of(&self, cameo: &str) -> &[SmolStr] {
        self.cameo_contexts.get(cameo).map_or(&[], Vec::as_slice)
    }

    /// What the plan or announcement of such an event is, if not the same type with status planned.
    pub fn planned(&self, kind: &str) -> Option<&(Code, SmolStr)> {
        self.planned.get(kind)
    }

    /// What saying that one will not do it is.
    pub fn refused(&self, kind: &str) -> Option<&(Code, SmolStr)> {
        self.refused.get(kind)
    }

    /// The mode of THREATEN that announcing it is.
    pub fn threatened(&self, code: &Code) -> Option<&(SmolStr, SmolStr)> {
        self.threatened.get(code).or_else(|| self.threatened.get(&Code { kind: code.kind.clone(), mode: None }))
    }

    /// Whether an event of `kind` is part of one of `by` by the same actor in the same sentence.
    pub fn swallows(&self, kind: &str, by: &str) -> bool {
        self.swallowed.contains(&(kind.into(), by.into()))
    }

    /// The roles in which the recipient of such an event stands where the sense names none, first to last.
    pub fn implied(&self, kind: &str) -> &[SmolStr] {
        self.implied.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The roles inside whose phrases or clauses the recipient may stand where none of them is it, first to last.
    pub fn inside(&self, kind: &str) -> &[SmolStr] {
        self.inside.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The roles in which the state stands whose organs did it where the text names nobody, first to last.
    pub fn local(&self, code: &Code) -> &[SmolStr] {
        let any = || self.local.get(&Code { kind: code.kind.clone(), mode: None });
        self.local.get(code).or_else(any).map_or(&[], Vec::as_slice)
    }

    /// Whether a noun tells such an event only if a verb carries it.
    pub fn needs_host(&self, kind: &str) -> bool {
        self.hosted.contains(kind)
    }

    /// Whether such an event is done by saying it, so that a clause of purpose tells it as done.
    pub fn done_by_saying(&self, kind: &str) -> bool {
        self.purpose.contains(kind)
    }

    /// Whether the complement of such an event is its content and no event of its own.
    pub fn has_content(&self, kind: &str) -> bool {
        self.content.contains(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_sixteen_types_and_their_rules() -> Result<(), LexiconError> {
        let o = Ontology::load()?;
        assert_eq!(o.types.len(), 16);
        assert_eq!(o.score(&Code::parse("ASSAULT drone")), -9.5);
        assert_eq!(o.cameo(&Code::parse("CONSULT visit")).as_deref(), Some("042"));
        assert_eq!(o.planned("CONSULT").map(|p| p.0.kind.as_str()), Some("AGREE"));
        assert_eq!(o.threatened(&Code::parse("COERCE arrest")).map(|p| p.0.as_str()), Some("arrest"));
        assert_eq!(o.goldstein("1823"), Some(-10.0));
        Ok(())
    }

    #[test]
    fn names_the_line_of_an_unknown_code() {
        let e = Ontology::parse("type\tAID\t2\t10\trequired\t070\nplanned\tAID\tAGREED\t033\n", "");
        assert_eq!(e.map(|_| ()).map_err(|e| (e.file, e.line)), Err((FILE, 2)));
    }
}
