//! Findings are what one article says: actors with their mentions, events, figures, times and quotes, each with the
//! span it was read from. Offsets are half-open and in code points of the article's text. Indices into `actors` join
//! the lists.

use jiff::civil::Date;

/// Everything found in one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Actors, by first naming mention.
    pub actors: Vec<Actor>,
    /// Mentions of the actors, by position.
    pub mentions: Vec<Mention>,
    /// Events, by position of the trigger.
    pub events: Vec<Event>,
    /// Quantities, by position.
    pub figures: Vec<Figure>,
    /// Time expressions, by position.
    pub times: Vec<Time>,
    /// Reported statements, by position.
    pub quotes: Vec<Quote>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A human being with a name.
    Person,
    /// A named body of people: ministry, company, party, newspaper.
    Organization,
    /// A state and its government.
    Country,
    /// A place below the state that acts as a polity.
    Place,
    /// People without a name of their own: "protesters", "US troops".
    Group,
}

/// One actor of the article.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// 16 hex digits: XXH3-64 of the folded name and the country.
    pub actor_id: String,
    /// Fullest form in the article.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
    /// The words that say its office, as written.
    pub role: Option<String>,
    /// Whether the office is a past one.
    pub former: bool,
    /// Number of mentions of all kinds.
    pub mentions: u32,
    /// First naming mention.
    pub start: u32,
    /// Its end.
    pub end: u32,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// By name.
    Name,
    /// By a description: "the minister", "US troops".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// One place in the text that refers to an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Index into [`Findings::actors`].
    pub actor: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// Start offset.
    pub start: u32,
    /// End offset.
    pub end: u32,
    /// First token of the mention.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// The token that heads it in the tree.
    pub head: usize,
}

/// Whether an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Told as a fact.
    #[default]
    Actual,
    /// Announced, not yet done.
    Planned,
    /// Conditional, feared or possible.
    Hypothetical,
    /// Said not to have happened.
    Negated,
    /// Background of years ago.
    Historical,
}

/// What an event's date was resolved from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateBasis {
    /// A time expression in the text.
    Text,
    /// The day of publication.
    Published,
}

/// Where an event took place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// As written.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// GeoNames identifier.
    pub geonames_id: Option<i64>,
}

/// One event; `export` lays it out as one row per actor-recipient pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// 16 hex digits: XXH3-64 of the article's id, the type, the mode and the trigger's offsets; rows about the same
    /// act share it.
    pub event_id: String,
    /// 0-based sentence.
    pub sentence: u32,
    /// First day, where one is known.
    pub event_date: Option<Date>,
    /// Last day of a span.
    pub event_date_end: Option<Date>,
    /// What the date came from.
    pub date_basis: Option<DateBasis>,
    /// One of PLOVER's 16 types.
    pub event_type: String,
    /// PLOVER mode.
    pub event_mode: Option<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code, as deep as the text supports.
    pub cameo_code: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_class: u8,
    /// PLOVER score of the type or mode.
    pub plover_score: f64,
    /// Goldstein score of the CAMEO code.
    pub goldstein: Option<f64>,
    /// Whether it happened.
    pub status: Status,
    /// Who did it: indices into [`Findings::actors`].
    pub actors: Vec<usize>,
    /// To whom.
    pub recipients: Vec<usize>,
    /// Where.
    pub place: Option<Place>,
    /// The actor who reports it; none for the article's own voice.
    pub attributed_to: Option<usize>,
    /// Offsets of the trigger.
    pub start: u32,
    /// End of the trigger.
    pub end: u32,
    /// Offsets of the sentence.
    pub sentence_start: u32,
    /// End of the sentence.
    pub sentence_end: u32,
    /// The lexicon entry that coded it.
    pub frame: String,
    /// Probability that type and parties are right, 0 to 1.
    pub confidence: f64,
    /// Whether the actors do it to each other ("X and Y met"): there are no recipients, and each stands to each.
    pub reciprocal: bool,
    /// What decided all that.
    pub why: Why,
}

/// Why an event was coded as it is, beyond the frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// The words that met the conditions of the frame: role, start and end offset.
    pub matched: Vec<(String, u32, u32)>,
    /// Why these are the actors; none if there are none.
    pub actors: Option<String>,
    /// Why these are the recipients; none if there are none.
    pub recipients: Option<String>,
    /// What `confidence` weighs, with the weights.
    pub traits: Vec<(&'static str, f64)>,
}

/// How a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Qualifier {
    /// As it stands.
    #[default]
    Exact,
    /// "around", "nearly".
    About,
    /// "at least".
    AtLeast,
    /// "up to".
    AtMost,
    /// "over".
    MoreThan,
    /// "under".
    LessThan,
    /// A range: `value` to `value_max`.
    Between,
}

/// What sort of quantity a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A number of things.
    Count,
    /// An amount in a currency.
    Money,
    /// Percent, fractions, multiples.
    Ratio,
    /// A physical measure.
    Measure,
    /// A length of time.
    Duration,
    /// An age.
    Age,
    /// A rank.
    Ordinal,
    /// A score, or votes against votes.
    Score,
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Rose by or to.
    Up,
    /// Fell by or to.
    Down,
}

/// What happened to the people that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureRole {
    /// Dead.
    Killed,
    /// Wounded or hurt.
    Injured,
    /// Unaccounted for.
    Missing,
    /// Arrested, imprisoned or held.
    Detained,
    /// Driven from home.
    Displaced,
    /// Gathered in one place.
    Crowd,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// 16 hex digits: XXH3-64 of the article's id and the offsets.
    pub figure_id: String,
    /// 0-based sentence.
    pub sentence: u32,
    /// Value with the scale applied.
    pub value: f64,
    /// Upper end of a range.
    pub value_max: Option<f64>,
    /// How the value is meant.
    pub qualifier: Qualifier,
    /// ISO 4217, `percent`, `percentage_point`, `count`, UCUM, `a mo wk d h min s`.
    pub unit: String,
    /// Kind of quantity.
    pub unit_kind: UnitKind,
    /// The unit as written; for counts, the noun that is counted.
    pub unit_text: Option<String>,
    /// What is counted or measured, as written.
    pub quantity_of: Option<String>,
    /// Offsets of `quantity_of`.
    pub quantity_of_span: Option<(u32, u32)>,
    /// Direction of change.
    pub change: Option<Change>,
    /// What happened to the people it counts.
    pub role: Option<FigureRole>,
    /// The event of the same sentence that the casualty count or crowd size belongs to: an [`Event::event_id`].
    pub event_id: Option<String>,
    /// Whose figure it is: index into [`Findings::actors`].
    pub actor: Option<usize>,
    /// Country that the text ties the figure to.
    pub place_country: Option<String>,
    /// As of when.
    pub date: Option<Date>,
    /// Offsets of the expression, qualifier and unit included.
    pub start: u32,
    /// End of the expression.
    pub end: u32,
    /// Probability that value, unit and kind are right, 0 to 1.
    pub confidence: f64,
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeType {
    /// A calendar date or interval.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// One time expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// First day covered.
    pub from: Option<Date>,
    /// Last day covered.
    pub to: Option<Date>,
    /// Start offset.
    pub start: u32,
    /// End offset.
    pub end: u32,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
}

/// One statement that somebody is reported to have made.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// 16 hex digits: XXH3-64 of the article's id and the offsets.
    pub quote_id: String,
    /// Index into [`Findings::actors`].
    pub speaker: Option<usize>,
    /// The speaker as written, where no actor could be told.
    pub speaker_name: Option<String>,
    /// The reporting word as written.
    pub cue: Option<String>,
    /// Whether the words are quoted.
    pub direct: bool,
    /// Start offset.
    pub start: u32,
    /// End offset.
    pub end: u32,
}
