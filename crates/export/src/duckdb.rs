//! The DuckDB file of an export, written by the machine's own libduckdb, which is looked for when it is asked for: in
//! the file that `BROADSHEET_LIBDUCKDB` names, then where the system looks for libraries. Only the stable C functions
//! that open, query and close are used; DuckDB reads the finished Parquet files itself. Nothing is downloaded, and
//! temporary files go to the stage.

use crate::{
    ExportError,
    database::{Source, index_name, indexes, primary_key, views},
};
use libloading::Library;
use std::{
    env,
    error::Error,
    ffi::{CStr, CString, c_char, c_void},
    fs::File,
    path::Path,
    ptr,
};

/// Names the file of the library.
const VARIABLE: &str = "BROADSHEET_LIBDUCKDB";
const HINT: &str = "install DuckDB's C library (libduckdb), or name its file in `BROADSHEET_LIBDUCKDB`; the npm package \
    @duckdb/node-bindings-linux-x64 holds one: see docs/formats.md";

/// `duckdb_result` of the C interface: six words, of which only the library looks at the inside.
#[repr(C)]
struct RawResult([*mut c_void; 6]);

/// Success of the C interface's functions.
const OK: i32 = 0;

/// The functions of the library that are used, by their names in C.
struct Duckdb {
    open_ext: unsafe extern "C" fn(*const c_char, *mut *mut c_void, *mut c_void, *mut *mut c_char) -> i32,
    free: unsafe extern "C" fn(*mut c_void),
    connect: unsafe extern "C" fn(*mut c_void, *mut *mut c_void) -> i32,
    query: unsafe extern "C" fn(*mut c_void, *const c_char, *mut RawResult) -> i32,
    result_error: unsafe extern "C" fn(*mut RawResult) -> *const c_char,
    destroy_result: unsafe extern "C" fn(*mut RawResult),
    disconnect: unsafe extern "C" fn(*mut *mut c_void),
    close: unsafe extern "C" fn(*mut *mut c_void),
    /// Last: the functions are the library's.
    _library: Library,
}

impl Duckdb {
    fn load() -> Result<Self, ExportError> {
        let missing = |reason: String| ExportError::new("cannot write DuckDB files", reason, Some(HINT));
        let named = env::var_os(VARIABLE).filter(|name| !name.is_empty());
        let file = named.clone().unwrap_or_else(|| libloading::library_filename("duckdb"));
        // SAFETY: libduckdb has no initializers that ask anything of the program; the user names the file.
        let library = unsafe { Library::new(&file) }.map_err(|e| {
            let by = if named.is_some() { format!(" that `{VARIABLE}` names") } else { String::new() };
            missing(format!("the library `{}`{by} cannot be loaded ({})", file.display(), reason(&e)))
        })?;
        macro_rules! function {
            ($name:literal) => {
                // SAFETY: the types are those of duckdb.h.
                *unsafe { library.get($name) }
                    .map_err(|e| missing(format!("`{}` is not DuckDB's library ({})", file.display(), reason(&e))))?
            };
        }
        Ok(Self {
            open_ext: function!(b"duckdb_open_ext\0"),
            free: function!(b"duckdb_free\0"),
            connect: function!(b"duckdb_connect\0"),
            query: function!(b"duckdb_query\0"),
            result_error: function!(b"duckdb_result_error\0"),
            destroy_result: function!(b"duckdb_destroy_result\0"),
            disconnect: function!(b"duckdb_disconnect\0"),
            close: function!(b"duckdb_close\0"),
            _library: library,
        })
    }
}

/// The system's own words, which the library keeps a level down.
fn reason(error: &libloading::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |system| system.to_string())
}

/// An open file with a connection; both are closed when it is dropped.
struct Database<'l> {
    library: &'l Duckdb,
    file: *mut c_void,
    connection: *mut c_void,
}

impl<'l> Database<'l> {
    fn create(library: &'l Duckdb, path: &Path) -> Result<Self, ExportError> {
        let failed = |reason: String| ExportError::new(format!("cannot create `{}`", path.display()), reason, None);
        let name = CString::new(path.to_string_lossy().as_bytes()).map_err(|e| failed(e.to_string()))?;
        let mut database = Self { library, file: ptr::null_mut(), connection: ptr::null_mut() };
        let mut error: *mut c_char = ptr::null_mut();
        // SAFETY: the pointers are valid for the call; the message is the library's and is given back to it.
        unsafe {
            if (library.open_ext)(name.as_ptr(), &mut database.file, ptr::null_mut(), &mut error) != OK {
                let reason = text(error).unwrap_or_else(|| "DuckDB does not say why".to_owned());
                (library.free)(error.cast());
                return Err(failed(reason));
            }
            if (library.connect)(database.file, &mut database.connection) != OK {
                return Err(failed("DuckDB gives no connection".to_owned()));
            }
        }
        Ok(database)
    }

    /// Runs statements; the reason where one fails.
    fn run(&self, sql: &str) -> Result<(), String> {
        let sql = CString::new(sql).map_err(|e| e.to_string())?;
        let mut result = RawResult([ptr::null_mut(); 6]);
        // SAFETY: the connection is open as long as `self` lives; a result is destroyed in any case, as duckdb.h asks.
        unsafe {
            let state = (self.library.query)(self.connection, sql.as_ptr(), &mut result);
            let reason = (state != OK).then(|| text((self.library.result_error)(&mut result)).unwrap_or_default());
            (self.library.destroy_result)(&mut result);
            reason.map_or(Ok(()), Err)
        }
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // SAFETY: both functions take what was never opened, too.
        unsafe {
            if !self.connection.is_null() {
                (self.library.disconnect)(&mut self.connection);
            }
            (self.library.close)(&mut self.file);
        }
    }
}

/// The text of a C string.
///
/// # Safety
/// The pointer is null or leads to a string that ends with a zero.
unsafe fn text(string: *const c_char) -> Option<String> {
    // SAFETY: as the caller promises.
    (!string.is_null()).then(|| unsafe { CStr::from_ptr(string) }.to_string_lossy().into_owned())
}

/// Whether the library is there, before the slow part of a run begins.
pub(crate) fn check() -> Result<(), ExportError> {
    Duckdb::load().map(drop)
}

/// Writes a new DuckDB file with these tables; `scratch` is a folder for temporary files.
pub(crate) fn write(path: &Path, scratch: &Path, sources: &[Source]) -> Result<(), ExportError> {
    let library = Duckdb::load()?;
    let failed = |reason: String| {
        let full = reason.contains("No space left on device");
        let hint = full.then_some("free some space or choose another `--out`");
        ExportError::new(format!("cannot write `{}`", path.display()), reason, hint)
    };
    let database = Database::create(&library, path)?;
    statements(scratch, sources).iter().try_for_each(|sql| database.run(sql)).map_err(failed)?;
    drop(database);
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| ExportError::io("write", path, e))
}

/// What makes the file, in order.
fn statements(scratch: &Path, sources: &[Source]) -> Vec<String> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut sql = vec![
        // Nothing is fetched and nothing is written outside of the output.
        "SET autoinstall_known_extensions = false".to_owned(),
        "SET autoload_known_extensions = false".to_owned(),
        format!("SET temp_directory = {}", quoted(&scratch.to_string_lossy())),
        "SET memory_limit = '1GB'".to_owned(),
        "SET preserve_insertion_order = true".to_owned(),
    ];
    for source in sources {
        let table = source.spec.table;
        let parquet = quoted(&source.parquet.to_string_lossy());
        sql.push(format!("CREATE TABLE {table} AS SELECT * FROM read_parquet({parquet})"));
        for column in source.spec.columns.iter().filter(|column| !column.nullable) {
            sql.push(format!("ALTER TABLE {table} ALTER COLUMN \"{}\" SET NOT NULL", column.name));
        }
        if let Some(key) = primary_key(table) {
            sql.push(format!("ALTER TABLE {table} ADD PRIMARY KEY ({key})"));
        }
        sql.push(format!("COMMENT ON TABLE {table} IS {}", quoted(source.spec.description)));
        for column in &source.spec.columns {
            sql.push(format!("COMMENT ON COLUMN {table}.\"{}\" IS {}", column.name, quoted(column.description)));
        }
        for columns in indexes(table) {
            sql.push(format!("CREATE INDEX {} ON {table} ({columns})", index_name(table, columns)));
        }
    }
    let tables: Vec<_> = sources.iter().map(|source| source.spec.table).collect();
    sql.extend(views(&tables));
    sql.push("CHECKPOINT".to_owned());
    sql
}
