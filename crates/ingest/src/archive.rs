//! An archive holds files as a folder does: a tar or a zip. Its members are read one after the other, as streams, and
//! nothing is written to disk; a member's name is only a name, so that `../` in it and links lead nowhere.

mod tar;
mod zip;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::Options;
use crate::sniff::Shape;
use crate::stream::{Fault, Stream};

/// How deep archives may lie in one another.
pub const MAX_DEPTH: usize = 3;

/// A file in an archive: its name, and its content or the reason why it is not read.
pub struct Member {
    pub name: String,
    pub stream: Result<Stream, Fault>,
}

/// An open archive.
pub enum Archive {
    Tar(tar::Tar),
    Zip(zip::Zip),
}

impl Archive {
    /// Opens an archive; none where the shape is not one.
    pub fn open(stream: Stream, shape: Shape, options: &Options) -> Result<Archive, Fault> {
        match shape {
            Shape::Zip => zip::Zip::open(stream, options).map(Archive::Zip),
            _ => Ok(Archive::Tar(tar::Tar::new(stream, options.max_file_ratio))),
        }
    }

    /// The next file; a fault of the archive itself ends it. Folders and hidden files are passed over.
    pub fn next(&mut self) -> Option<Result<Member, Fault>> {
        loop {
            let member = match self {
                Archive::Tar(tar) => tar.next(),
                Archive::Zip(zip) => zip.next(),
            }?;
            match member {
                Ok(member) if is_hidden(&member.name) => {}
                other => return Some(other),
            }
        }
    }
}

/// As in a folder: names that start with a dot, and what macOS puts beside each file.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | ".."))
}

/// A member's name as rows and messages show it.
fn shown(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    let name: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    name.strip_prefix("./").map_or(name.clone(), str::to_owned)
}

/// Counts what all members of an archive unfold to.
type Unfolded = Arc<AtomicU64>;
