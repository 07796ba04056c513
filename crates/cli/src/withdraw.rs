//! `broadsheet withdraw`: takes articles out of a store for good, or lets them come back.

use crate::{args::WithdrawArgs, config::store_of, message::Failure};
use broadsheet_store::Store;
use std::{process::ExitCode, time::Duration};

/// Takes articles out, or lets them come back.
pub fn withdraw(args: &WithdrawArgs) -> Result<ExitCode, Failure> {
    let mut store = Store::open(&store_of(&args.store)?, "withdraw", Duration::from_secs(args.wait))?;
    let done = if args.undo { store.readmit(&args.articles)? } else { store.withdraw(&args.articles)? };
    for (named, article) in args.articles.iter().zip(&done) {
        let id = &article.article_id;
        match (args.undo, article.was_there, &article.source_path) {
            (false, true, _) => anstream::eprintln!("`{named}` is withdrawn (article {id})"),
            (false, false, _) => {
                anstream::eprintln!("`{named}` is not in the store (article {id}); it will not come into it")
            }
            (true, false, _) => anstream::eprintln!("`{named}` was not withdrawn (article {id})"),
            (true, true, Some(path)) => anstream::eprintln!("`{named}` comes back with the next run, from `{path}`"),
            (true, true, None) => {
                anstream::eprintln!("`{named}` comes back when a file that holds it is new or has changed")
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
