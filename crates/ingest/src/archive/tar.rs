//! A tar is read in one pass: a header block, the content, a header block. Each member reads from the shared archive;
//! what it leaves unread is skipped.

use std::io::{self, BufReader, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::tar::Header;

use super::{Member, shown};
use crate::reject::code;
use crate::stream::{self, Fault, Stream};

const BLOCK: usize = 512;
/// Long names and extended headers beyond this are not believed.
const EXTENDED_MAX: u64 = 1 << 20;

pub struct Tar {
    shared: Arc<Mutex<Shared>>,
    number: u64,
    max_ratio: u64,
    ended: bool,
}

struct Shared {
    reader: BufReader<Box<dyn Read + Send>>,
    /// Content of the present member that has not been read.
    left: u64,
    /// Bytes between the content and the next header.
    padding: u64,
}

impl Shared {
    /// Reads a part of the present member.
    fn content(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let count = self.reader.read(&mut buffer[..wanted])?;
        if count == 0 {
            self.left = 0;
            self.padding = 0;
            let message = "the archive stops in the middle of it".to_owned();
            return Err(io::Error::other(Fault { code: code::TRUNCATED, message }));
        }
        self.left -= count as u64;
        Ok(count)
    }

    fn skip(&mut self) -> io::Result<()> {
        let count = self.left.saturating_add(self.padding);
        (self.left, self.padding) = (0, 0);
        io::copy(&mut self.reader.by_ref().take(count), &mut io::sink()).map(|_| ())
    }

    /// The next header; none at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.skip()?;
        let mut header = Header::new_old();
        let block = header.as_mut_bytes();
        let mut filled = 0;
        while filled < BLOCK {
            match self.reader.read(&mut block[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let bad = |code, message: &str| Err(io::Error::other(Fault { code, message: message.to_owned() }));
        if filled > 0 && filled < BLOCK {
            return bad(code::TRUNCATED, "the archive stops in the middle");
        }
        if block[..filled].iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        let sum: u32 = block[..148].iter().chain(&block[156..]).map(|&byte| u32::from(byte)).sum::<u32>() + 8 * 32;
        let size = header.entry_size().ok().filter(|_| header.cksum().is_ok_and(|told| told == sum));
        let Some(size) = size else {
            return bad(code::CORRUPT, "no header of a tar archive: what follows is not read");
        };
        self.left = size;
        self.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        Ok(Some(header))
    }

    /// All of a short content.
    fn whole(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        while (bytes.len() as u64) < EXTENDED_MAX {
            match self.content(&mut part)? {
                0 => break,
                count => bytes.extend_from_slice(&part[..count]),
            }
        }
        Ok(bytes)
    }
}

/// The content of the member that the archive stands at.
struct Content(Arc<Mutex<Shared>>);

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        lock(&self.0).content(buffer)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tar {
    pub fn new(stream: Stream, max_ratio: u64) -> Self {
        let shared = Shared { reader: stream.reader, left: 0, padding: 0 };
        Tar { shared: Arc::new(Mutex::new(shared)), number: 0, max_ratio, ended: false }
    }

    pub fn next(&mut self) -> Option<Result<Member, Fault>> {
        if self.ended {
            return None;
        }
        match self.member() {
            Ok(Some(member)) => {
                self.number += 1;
                Some(Ok(member))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::of(&error).at("member", self.number)))
            }
        }
    }

    fn member(&mut self) -> io::Result<Option<Member>> {
        let mut told = Told::default();
        loop {
            let mut shared = lock(&self.shared);
            let Some(header) = shared.header()? else { return Ok(None) };
            let kind = header.entry_type();
            // 1. What is told of the next member.
            if kind.is_gnu_longname() {
                let name = shared.whole()?;
                told.name = Some(name.split(|&byte| byte == 0).next().unwrap_or_default().to_vec());
                continue;
            }
            if kind.is_pax_local_extensions() {
                told.read(&shared.whole()?);
                continue;
            }
            if kind.is_gnu_longlink() || kind.is_pax_global_extensions() || kind.is_dir() {
                told.name = told.name.filter(|_| !kind.is_dir());
                continue;
            }
            // 2. The member.
            if let Some(size) = told.size {
                shared.left = size;
                shared.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
            }
            let sparse = kind.is_gnu_sparse() || told.sparse;
            if kind.is_gnu_sparse() {
                let mut extended = header.as_gnu().is_some_and(::tar::GnuHeader::is_extended);
                while extended {
                    let mut block = [0; BLOCK];
                    shared.reader.read_exact(&mut block)?;
                    extended = block[504] == 1;
                }
            }
            drop(shared);
            let name = shown(&told.name.take().unwrap_or_else(|| header.path_bytes().into_owned()));
            let refused = |message: &str| Err(Fault { code: code::UNSUPPORTED, message: message.to_owned() });
            let stream = if kind.is_symlink() || kind.is_hard_link() {
                refused("a link in an archive: it is not followed")
            } else if sparse || !(kind.is_file() || kind.is_contiguous()) {
                refused("not a regular file")
            } else {
                stream::unfold(Box::new(Content(self.shared.clone())), &Arc::default(), self.max_ratio)
            };
            return Ok(Some(Member { name, stream }));
        }
    }
}

/// What stands before a member about it, because it does not fit into its header.
#[derive(Default)]
struct Told {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl Told {
    /// Reads an extended header: lines of `LENGTH KEY=VALUE`.
    fn read(&mut self, mut lines: &[u8]) {
        while let Some(space) = memchr::memchr(b' ', lines) {
            let length = std::str::from_utf8(&lines[..space]).ok().and_then(|digits| digits.parse::<usize>().ok());
            let Some(line) = length.filter(|length| *length > space).and_then(|length| lines.get(space + 1..length))
            else {
                return;
            };
            lines = &lines[space + 1 + line.len()..];
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if let Some(name) = line.strip_prefix(b"path=") {
                self.name = Some(name.to_vec());
            } else if let Some(size) = line.strip_prefix(b"size=") {
                self.size = std::str::from_utf8(size).ok().and_then(|digits| digits.parse().ok());
            } else if line.starts_with(b"GNU.sparse.") {
                self.sparse = true;
            }
        }
    }
}
