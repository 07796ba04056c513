//! The schema as people and programs read it: what `broadsheet schema` prints and what docs/tables.md holds.

use crate::{ExportError, Table, TableSpec};
use std::{fmt::Write as _, str::FromStr};

/// A form in which the schema is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SchemaFormat {
    /// For the terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For the documentation.
    Markdown,
}

impl FromStr for SchemaFormat {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, ExportError> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "markdown" => Ok(Self::Markdown),
            _ => Err(ExportError::new(format!("no format `{name}`"), "the formats are text, json, markdown", None)),
        }
    }
}

/// The definition of one table, or of all.
pub fn schema(table: Option<Table>, format: SchemaFormat) -> String {
    let tables: Vec<TableSpec> =
        Table::ALL.iter().filter(|t| table.is_none_or(|one| one == **t)).map(|t| t.spec()).collect();
    match format {
        SchemaFormat::Text => tables.iter().map(text).collect::<Vec<_>>().join("\n"),
        SchemaFormat::Markdown if table.is_none() => {
            let tables: Vec<_> = tables.iter().map(markdown).collect();
            format!("{INTRODUCTION}\n{}", tables.join("\n"))
        }
        SchemaFormat::Markdown => tables.iter().map(markdown).collect(),
        SchemaFormat::Json => {
            let tables: Vec<_> = tables.iter().map(json).collect();
            let value = if table.is_some() { tables.into_iter().next().unwrap_or_default() } else { tables.into() };
            format!("{value:#}\n")
        }
    }
}

const INTRODUCTION: &str = "\
# Tables

<!-- Written from the definitions in crates/export/src/tables: `UPDATE_DOCS=1 cargo test --release -p broadsheet-export`. -->

Every table is written as `NAME.parquet` and `NAME.csv` (other formats: [formats.md](formats.md)); both hold the same rows in the same order. `start` and `end` are
half-open offsets in Unicode code points into `articles.text`: in Python, `text[start:end]` is the evidence itself.
A missing value means that the text does not say; nothing is guessed to fill a cell. A type with `?` may be missing.

- **Parquet**: zstd, statistics and page index, bloom filters on identifiers; row groups of at most 131,072 rows and about 64 MiB. Each field's
  description is in its metadata (`description`), and all of a table's in the file's (`broadsheet.columns`).
- **CSV**: RFC 4180 with a header, UTF-8. A list is joined by `;`, a missing value is an empty cell, dates and instants are
  ISO 8601 (instants in UTC), floats always have a point or an exponent.
- **`run.json`**: version, options, records read, refused by code, left out by option, duplicates, rows per table; when it ran and the seconds per stage.

An output takes the place of the former one in one step. Where the output folder holds files that are not ours (they are
never touched), is a mount point or the working directory, our files are moved in one by one instead: `run.json` goes first
and comes back last, so that a folder with a `run.json` is whole.
";

fn text(table: &TableSpec) -> String {
    let mut out = format!("{}\n", table.table);
    wrap(&mut out, table.description, 2);
    let names = table.columns.iter().map(|c| c.name.len()).max().unwrap_or(0);
    for column in &table.columns {
        let kind = format!("{}{}", column.kind.name(), if column.nullable { "?" } else { "" });
        let _ = write!(out, "  {:names$}  {kind:18}  ", column.name);
        out.push_str(column.description);
        out.push('\n');
    }
    out
}

/// Writes `text` in lines of at most 100 characters, each after `indent` spaces.
fn wrap(out: &mut String, text: &str, indent: usize) {
    let mut width = usize::MAX;
    for word in text.split_whitespace() {
        if width.saturating_add(word.len() + 1) > 100 {
            if width != usize::MAX {
                out.push('\n');
            }
            out.push_str(&" ".repeat(indent));
            out.push_str(word);
            width = indent + word.len();
        } else {
            out.push(' ');
            out.push_str(word);
            width += word.len() + 1;
        }
    }
    out.push('\n');
}

fn markdown(table: &TableSpec) -> String {
    let mut out =
        format!("## {}\n\n{}\n\n| column | type | description |\n|---|---|---|\n", table.table, table.description);
    for column in &table.columns {
        let null = if column.nullable { "?" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {}{null} | {} |",
            column.name,
            column.kind.name().replace('<', "\\<"),
            column.description
        );
    }
    out
}

fn json(table: &TableSpec) -> serde_json::Value {
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|c| {
            serde_json::json!({
                "name": c.name, "type": c.kind.name(), "nullable": c.nullable, "description": c.description,
            })
        })
        .collect();
    serde_json::json!({"name": table.table.name(), "description": table.description, "columns": columns})
}
