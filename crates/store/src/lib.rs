//! The store: tables in Delta Lake that scheduled runs append to, exactly once.
//!
//! A store is a folder with one Delta table for each table of ours, two of its own (`fingerprints`, `sources`) and the
//! folder `_broadsheet` with what belongs to all of them. Whoever changes it holds its [`lock`]; readers hold nothing.
//!
//! 1. [`Store::open`] takes the lock, checks the version and finishes what a killed process left (`store`, `lock`, `redo`).
//! 2. An [`Appender`] takes outcomes in order and decides what is new, what takes the place of an older version and what the
//!    store has already (`append`, `known`, `sources`).
//! 3. A full batch is written as Parquet files that nothing refers to yet (`data_file`), old rows are taken out by writing
//!    their files anew (`rewrite`), and all of it is committed to all tables through one redo record (`redo`); a folder of
//!    files in other formats, where one is wanted, comes into sight with it (`files`, `batch`).
//! 4. [`Store::withdraw`], [`Store::compact`] and [`Store::vacuum`] go the same way.

mod append;
mod atomic;
mod batch;
mod compact;
mod data_file;
mod error;
mod files;
mod known;
mod lock;
mod redo;
mod rewrite;
mod sources;
mod store;
mod tables;
mod vacuum;
mod withdraw;

pub use append::{Appended, Appender, Counts, PassBy};
pub use compact::Compacted;
pub use error::StoreError;
pub use files::Files;
pub use lock::Holder;
pub use sources::{Mark, Seen, Sources, content_hash, hash_of};
pub use store::Store;
pub use tables::{MONTH, StoreTable};
pub use vacuum::Vacuumed;
pub use withdraw::Withdrawal;
