//! A column is one named value of every row of a table: its type, whether it may be missing, what it means, and how it
//! is read from the row. Type and nullability follow from the way it is read, so that they cannot disagree with it.

use jiff::{Timestamp, civil::Date};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// A list of texts, never missing but possibly empty.
    List,
    /// True or false.
    Bool,
    /// 32-bit integer: offsets, counts within an article.
    Int,
    /// 64-bit integer.
    Long,
    /// 64-bit float.
    Float,
    /// Calendar date.
    Date,
    /// Instant in UTC, to the microsecond.
    Instant,
}

impl Kind {
    /// The type's name for people, as `broadsheet schema` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::List => "list<text>",
            Kind::Bool => "bool",
            Kind::Int => "int32",
            Kind::Long => "int64",
            Kind::Float => "float64",
            Kind::Date => "date",
            Kind::Instant => "timestamp[us, UTC]",
        }
    }
}

/// What is known of a column without a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name, the same in every file format.
    pub name: &'static str,
    /// Type.
    pub kind: Kind,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// What it means, with the unit.
    pub description: &'static str,
    /// Whether values repeat so rarely that a dictionary does not pay.
    pub(crate) unique: bool,
}

impl ColumnSpec {
    /// Whether it holds our own identifiers, which rows are looked up and joined by.
    pub(crate) fn is_id(&self) -> bool {
        self.kind == Kind::Text && self.name.ends_with("_id") && self.name != "source_id" || self.name == "duplicate_of"
    }
}

/// One value of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'r> {
    Null,
    Text(&'r str),
    List(&'r [String]),
    Bool(bool),
    Int(i32),
    Long(i64),
    Float(f64),
    Date(Date),
    Instant(Timestamp),
}

/// How a column is read from its row.
enum Get<R> {
    Text(fn(&R) -> &str),
    MaybeText(fn(&R) -> Option<&str>),
    List(fn(&R) -> &[String]),
    Bool(fn(&R) -> bool),
    Int(fn(&R) -> u32),
    MaybeInt(fn(&R) -> Option<u32>),
    Long(fn(&R) -> i64),
    MaybeLong(fn(&R) -> Option<i64>),
    Float(fn(&R) -> f64),
    MaybeFloat(fn(&R) -> Option<f64>),
    Date(fn(&R) -> Date),
    MaybeDate(fn(&R) -> Option<Date>),
    MaybeInstant(fn(&R) -> Option<Timestamp>),
}

/// A column of the table whose rows are `R`.
pub(crate) struct Column<R> {
    pub spec: ColumnSpec,
    get: Get<R>,
}

impl<R> Column<R> {
    fn new(name: &'static str, description: &'static str, get: Get<R>) -> Self {
        let (kind, nullable) = match get {
            Get::Text(_) => (Kind::Text, false),
            Get::MaybeText(_) => (Kind::Text, true),
            Get::List(_) => (Kind::List, false),
            Get::Bool(_) => (Kind::Bool, false),
            Get::Int(_) => (Kind::Int, false),
            Get::MaybeInt(_) => (Kind::Int, true),
            Get::Long(_) => (Kind::Long, false),
            Get::MaybeLong(_) => (Kind::Long, true),
            Get::Float(_) => (Kind::Float, false),
            Get::MaybeFloat(_) => (Kind::Float, true),
            Get::Date(_) => (Kind::Date, false),
            Get::MaybeDate(_) => (Kind::Date, true),
            Get::MaybeInstant(_) => (Kind::Instant, true),
        };
        Self { spec: ColumnSpec { name, kind, nullable, description, unique: false }, get }
    }

    /// The column's value in `row`. A text that may be missing and is empty is missing: CSV cannot tell the two apart.
    pub fn cell<'r>(&self, row: &'r R) -> Cell<'r> {
        fn maybe<'r, T>(value: Option<T>, cell: impl Fn(T) -> Cell<'r>) -> Cell<'r> {
            value.map_or(Cell::Null, cell)
        }
        match self.get {
            Get::Text(get) => Cell::Text(get(row)),
            Get::MaybeText(get) => maybe(get(row).filter(|text| !text.is_empty()), Cell::Text),
            Get::List(get) => Cell::List(get(row)),
            Get::Bool(get) => Cell::Bool(get(row)),
            Get::Int(get) => int(get(row)),
            Get::MaybeInt(get) => maybe(get(row), int),
            Get::Long(get) => Cell::Long(get(row)),
            Get::MaybeLong(get) => maybe(get(row), Cell::Long),
            Get::Float(get) => Cell::Float(get(row)),
            Get::MaybeFloat(get) => maybe(get(row), Cell::Float),
            Get::Date(get) => Cell::Date(get(row)),
            Get::MaybeDate(get) => maybe(get(row), Cell::Date),
            Get::MaybeInstant(get) => maybe(get(row), Cell::Instant),
        }
    }
}

/// Marks a column whose values hardly repeat.
pub(crate) fn unique<R>(mut column: Column<R>) -> Column<R> {
    column.spec.unique = true;
    column
}

/// Signed, because table formats that people load these files into (Delta Lake among them) know no unsigned integers.
fn int<'r>(value: u32) -> Cell<'r> {
    Cell::Int(i32::try_from(value).unwrap_or(i32::MAX))
}

/// Defines the functions that make columns, one for each way of reading.
macro_rules! makers {
    ($($name:ident $get:ident $out:ty;)*) => {$(
        pub(crate) fn $name<R>(name: &'static str, description: &'static str, get: fn(&R) -> $out) -> Column<R> {
            Column::new(name, description, Get::$get(get))
        }
    )*};
}

makers! {
    text Text &str;
    maybe_text MaybeText Option<&str>;
    list List &[String];
    flag Bool bool;
    number Int u32;
    maybe_number MaybeInt Option<u32>;
    long Long i64;
    maybe_long MaybeLong Option<i64>;
    float Float f64;
    maybe_float MaybeFloat Option<f64>;
    date Date Date;
    maybe_date MaybeDate Option<Date>;
    maybe_instant MaybeInstant Option<Timestamp>;
}
