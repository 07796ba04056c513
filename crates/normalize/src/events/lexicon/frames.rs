//! Frames: the senses of predicates, told apart by their arguments, with the code of each and where its parties stand.
//! The format is described in the header of the files under `data/lexicons/frames`.

use super::{Classes, Code, Ontology, bad, fold};
use crate::{
    events::propositions::Kind,
    lexicons::{LexiconError, entries},
};
use smol_str::{SmolStr, format_smolstr};
use std::collections::HashMap;

macro_rules! files {
    ($($name:literal),*) => {
        [$((concat!("frames/", $name), include_str!(concat!("../../../../../data/lexicons/frames/", $name)))),*]
    };
}

/// The files, one per type, and the senses that code nothing.
const FILES: [(&str, &str); 17] = files![
    "accuse.tsv",
    "agree.tsv",
    "aid.tsv",
    "assault.tsv",
    "coerce.tsv",
    "concede.tsv",
    "consult.tsv",
    "cooperate.tsv",
    "mobilize.tsv",
    "none.tsv",
    "protest.tsv",
    "reject.tsv",
    "request.tsv",
    "retreat.tsv",
    "sanction.tsv",
    "support.tsv",
    "threaten.tsv"
];

/// What an argument must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Actor,
    Near,
    Person,
    State,
    Org,
    Group,
    Place,
    Money,
    Number,
    Time,
    /// The arguments of the role together are of two countries or more.
    Joint,
    Any,
    Class(SmolStr),
    Word(SmolStr),
}

/// Whether a condition has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
    Forbidden,
}

/// One condition on the arguments: any of the roles is filled by any of the types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub need: Need,
    pub roles: Vec<SmolStr>,
    pub types: Vec<Type>,
}

/// Where a party stands: a role of the predicate, or of its clause complement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Role(SmolStr),
    Complement(SmolStr),
}

/// One sense of a predicate.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Lemma of the object that makes the pair, for two-word predicates.
    pub object: Option<SmolStr>,
    pub conditions: Vec<Condition>,
    /// The code; none for senses that code nothing.
    pub code: Option<Code>,
    /// Alternatives, each a sum.
    pub actor: Vec<Vec<Source>>,
    pub recipient: Vec<Vec<Source>>,
    pub cameo: Option<SmolStr>,
    pub contexts: Vec<SmolStr>,
    pub future: Option<Code>,
    pub priority: Option<i32>,
    pub reciprocal: bool,
    pub host: bool,
    pub verbal: bool,
    /// The entry as a reader of the rows sees it.
    pub label: String,
    file: &'static str,
    line: usize,
}

/// An entry of the index: a frame, the words it asks for beside the lemma, and whether a class led to it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub frame: u32,
    /// Particles of a verb, the first parts of a compound noun.
    pub with: Vec<SmolStr>,
    pub by_class: bool,
}

/// All frames, by the lemma and kind of their predicate.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    pub list: Vec<Frame>,
    index: HashMap<SmolStr, Vec<Entry>>,
}

const ROLES: &[&str] =
    &["subj", "obj", "iobj", "that", "inf", "ing", "whether", "must", "purpose", "oprd", "mod", "acomp"];

impl Frames {
    /// Parses all files of frames.
    pub fn load(ontology: &Ontology, classes: &Classes) -> Result<Frames, LexiconError> {
        let mut out = Frames::default();
        for (file, text) in FILES {
            out.read(file, text, ontology, classes)?;
        }
        Ok(out)
    }

    fn read(
        &mut self,
        file: &'static str,
        text: &str,
        ontology: &Ontology,
        classes: &Classes,
    ) -> Result<(), LexiconError> {
        for (line, entry) in entries(text) {
            let cells: Vec<&str> = entry.split('\t').collect();
            let (predicate, arguments, code, actor, recipient, notes) = match cells[..] {
                [p, a, c, x, y] => (p, a, c, x, y, ""),
                [p, a, c, x, y, n] => (p, a, c, x, y, n),
                _ => return Err(bad(file, line, format!("5 or 6 columns expected, {} found", cells.len()))),
            };
            let code_of = |text: &str| match Code::parse(text) {
                c if ontology.knows(&c) => Ok(c),
                _ => Err(bad(file, line, format!("unknown type or mode `{text}`"))),
            };
            let mut frame = Frame {
                object: None,
                conditions: Vec::new(),
                code: if code == "none" { None } else { Some(code_of(code)?) },
                actor: sources(actor).map_err(|e| bad(file, line, e))?,
                recipient: sources(recipient).map_err(|e| bad(file, line, e))?,
                cameo: None,
                contexts: Vec::new(),
                future: None,
                priority: None,
                reciprocal: false,
                host: false,
                verbal: false,
                label: match arguments {
                    "-" => format!("{predicate} -> {code}"),
                    _ => format!("{predicate} {arguments} -> {code}"),
                },
                file,
                line,
            };
            if arguments != "-" {
                for text in arguments.split_whitespace() {
                    frame.conditions.push(condition(text, classes).map_err(|e| bad(file, line, e))?);
                }
            }
            for note in notes.split_whitespace() {
                match note.split_once('=') {
                    Some(("cameo", c)) if ontology.knows_cameo(c) => frame.cameo = Some(c.into()),
                    Some(("cameo", c)) => return Err(bad(file, line, format!("unknown CAMEO code `{c}`"))),
                    Some(("ctx", list)) => {
                        for c in list.split(',') {
                            if !ontology.knows_context(c) {
                                return Err(bad(file, line, format!("unknown context `{c}`")));
                            }
                            frame.contexts.push(c.into());
                        }
                    }
                    Some(("future", c)) => frame.future = Some(code_of(&c.replace('_', " "))?),
                    Some(("prio", n)) => {
                        let Ok(n) = n.parse() else { return Err(bad(file, line, format!("`{n}` is not a number"))) };
                        frame.priority = Some(n);
                    }
                    None if note == "reciprocal" => frame.reciprocal = true,
                    None if note == "host" => frame.host = true,
                    None if note == "verbal" => frame.verbal = true,
                    None if note == "material" => {}
                    _ => return Err(bad(file, line, format!("unknown note `{note}`"))),
                }
            }
            self.enter(predicate, frame, classes)?;
        }
        Ok(())
    }

    /// Puts a frame into the index under every lemma that its predicate names.
    fn enter(&mut self, predicate: &str, mut frame: Frame, classes: &Classes) -> Result<(), LexiconError> {
        let (file, line) = (frame.file, frame.line);
        let id = self.list.len() as u32;
        let mut keys: Vec<(SmolStr, Vec<SmolStr>, bool)> = Vec::new();
        let (base, kind) = match predicate.split_once('+') {
            Some((verb, object)) => {
                frame.object = Some(fold(object.trim_end_matches(".n")).into());
                (verb.trim_end_matches(".v"), "v")
            }
            None => match predicate.rsplit_once('.') {
                Some((base, kind @ ("v" | "n" | "a"))) => (base, kind),
                _ => return Err(bad(file, line, format!("`{predicate}` does not end in .v, .n or .a"))),
            },
        };
        if let Some(class) = base.strip_prefix('@') {
            let Some(members) = classes.members(class, kind == "n") else {
                return Err(bad(file, line, format!("unknown class `@{class}`")));
            };
            for m in members {
                let (key, with) = key(m, kind);
                keys.push((key, with, true));
            }
        } else {
            let (key, with) = key(base, kind);
            keys.push((key, with, false));
        }
        self.list.push(frame);
        for (key, with, by_class) in keys {
            self.index.entry(key).or_default().push(Entry { frame: id, with, by_class });
        }
        Ok(())
    }

    /// The entries of a lemma.
    pub fn of(&self, lemma: &str, kind: Kind) -> &[Entry] {
        self.index.get(&index_key(lemma, kind)).map_or(&[], Vec::as_slice)
    }

    /// Whether any frame is about this lemma.
    pub fn knows(&self, lemma: &str, kind: Kind) -> bool {
        self.index.contains_key(&index_key(lemma, kind))
    }

    /// Whether the "of" phrase of this event noun names to whom it was done: "the bombing of the embassy".
    pub fn of_target(&self, noun: &str) -> bool {
        let of = |sides: &[Vec<Source>]| sides.iter().flatten().any(|s| matches!(s, Source::Role(r) if r == "of"));
        let frames = || self.of(noun, Kind::Noun).iter().map(|e| &self.list[e.frame as usize]);
        frames().any(|f| f.code.is_some() && of(&f.recipient)) && !frames().any(|f| of(&f.actor))
    }

    /// Frames that stand twice.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut seen: HashMap<(&str, &[Condition]), usize> = HashMap::new();
        let mut found = Vec::new();
        for (i, f) in self.list.iter().enumerate() {
            let predicate = f.label.split(' ').next().unwrap_or_default();
            if let Some(first) = seen.insert((predicate, &f.conditions), i) {
                let first = &self.list[first];
                let what = format!("same predicate and conditions as `{}:{}`", first.file, first.line);
                found.push(bad(f.file, f.line, what));
            }
        }
        found
    }
}

impl std::hash::Hash for Condition {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.roles.hash(state);
    }
}

fn index_key(lemma: &str, kind: Kind) -> SmolStr {
    match kind {
        Kind::Verb => format_smolstr!("{lemma}.v"),
        Kind::Noun => format_smolstr!("{}.n", fold(lemma)),
        Kind::Adjective => format_smolstr!("{lemma}.a"),
    }
}

/// The index key of a predicate and the words it asks for: "call_off" is "call" with "off", "air_strike" "strike" with
/// "air".
fn key(base: &str, kind: &str) -> (SmolStr, Vec<SmolStr>) {
    let mut words: Vec<&str> = base.split('_').collect();
    let main = if kind == "n" { words.pop().map(fold) } else { Some(words.remove(0)) }.unwrap_or_default();
    (format_smolstr!("{main}.{kind}"), words.into_iter().map(SmolStr::from).collect())
}

fn condition(text: &str, classes: &Classes) -> Result<Condition, String> {
    let (need, rest) = match (text.strip_prefix('!'), text.strip_suffix('?')) {
        (Some(rest), _) => (Need::Forbidden, rest),
        (_, Some(rest)) => (Need::Optional, rest),
        _ => (Need::Required, text),
    };
    let Some((roles, types)) = rest.split_once(':') else { return Err(format!("`{text}` has no `:`")) };
    let mut out = Condition { need, roles: Vec::new(), types: Vec::new() };
    let mut clause = false;
    for role in roles.split('|') {
        clause |= matches!(role, "inf" | "that" | "ing" | "whether" | "must" | "purpose");
        out.roles.push(checked(role)?);
    }
    for name in types.split('|') {
        out.types.push(match name {
            "ACTOR" => Type::Actor,
            "NEAR" => Type::Near,
            "PERSON" => Type::Person,
            "STATE" => Type::State,
            "ORG" => Type::Org,
            "GROUP" => Type::Group,
            "PLACE" => Type::Place,
            "MONEY" => Type::Money,
            "NUMBER" => Type::Number,
            "TIME" => Type::Time,
            "JOINT" => Type::Joint,
            "ANY" => Type::Any,
            _ => match (name.strip_prefix('@'), name.strip_prefix('\'').and_then(|n| n.strip_suffix('\''))) {
                (Some(class), _) if classes.has_nouns(class) || (clause && classes.has_verbs(class)) => {
                    Type::Class(class.into())
                }
                (Some(class), _) if classes.has_verbs(class) => Type::Class(class.into()),
                (Some(class), _) => return Err(format!("unknown class `@{class}`")),
                (_, Some(word)) => Type::Word(word.into()),
                _ => return Err(format!("unknown argument type `{name}`")),
            },
        });
    }
    Ok(out)
}

/// A role is one of the fixed ones or a preposition, in lower-case letters.
fn checked(role: &str) -> Result<SmolStr, String> {
    let plausible = ROLES.contains(&role)
        || (role.len() > 1 && role.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && role != "comp");
    if plausible { Ok(role.into()) } else { Err(format!("unknown role `{role}`")) }
}

/// `a|b+c`: alternatives of sums.
fn sources(text: &str) -> Result<Vec<Vec<Source>>, String> {
    if text == "-" {
        return Ok(Vec::new());
    }
    text.split('|')
        .map(|sum| {
            sum.split('+')
                .map(|s| match s.strip_prefix("comp.") {
                    Some(role) => checked(role).map(Source::Complement),
                    None => checked(s).map(Source::Role),
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Frames, String> {
        let ontology = Ontology::load().map_err(|e| e.to_string())?;
        let classes = Classes::load().map_err(|e| e.to_string())?;
        let mut out = Frames::default();
        out.read("frames/test.tsv", text, &ontology, &classes).map_err(|e| e.to_string())?;
        Ok(out)
    }

    #[test]
    fn finds_frames_by_lemma_particle_and_compound() -> Result<(), String> {
        let f = read("call_off.v\tobj:ANY\tREJECT meet\tsubj\t-\nair_strike.n\ton:ANY?\tASSAULT aerial\tsubj\ton\n")?;
        assert_eq!(f.of("call", Kind::Verb)[0].with, ["off"]);
        assert_eq!(f.of("strikes", Kind::Noun)[0].with, ["air"]);
        assert_eq!(f.list[0].label, "call_off.v obj:ANY -> REJECT meet");
        Ok(())
    }

    #[test]
    fn names_what_is_wrong_with_a_line() {
        for (line, what) in [
            ("meet.v\tobj:ACTOR\tCONSULTS\tsubj\tobj", "unknown type or mode `CONSULTS`"),
            ("meet.v\tobj:@nosuch\tCONSULT\tsubj\tobj", "unknown class `@nosuch`"),
            ("meet.v\tobj:THING\tCONSULT\tsubj\tobj", "unknown argument type `THING`"),
            ("meet.v\tOBJ:ACTOR\tCONSULT\tsubj\tobj", "unknown role `OBJ`"),
            ("meet\tobj:ACTOR\tCONSULT\tsubj\tobj", "`meet` does not end in .v, .n or .a"),
            ("meet.v\tobj:ACTOR\tCONSULT\tsubj\tobj\tcameo=999", "unknown CAMEO code `999`"),
            ("meet.v\tobj:ACTOR\tCONSULT", "5 or 6 columns expected, 3 found"),
        ] {
            let error = read(&format!("# a comment\n{line}\n")).map(|_| ()).unwrap_err();
            assert!(error.contains("frames/test.tsv:2") && error.contains(what), "{error}");
        }
    }
}
