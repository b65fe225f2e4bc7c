//! Text files of others, within limits, and files of ours, whole or not at all.

use std::path::Path;

use anyhow::Context;
use sha2::{Digest as _, Sha256};

/// Largest file that is read [B].
pub(crate) const BYTES_MAX: u64 = 1 << 30;

/// Bytes of a file, or what is wrong with it.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let length = fs_err::metadata(path).map_err(|error| error.to_string())?;
    if !length.is_file() {
        return Err(format!("{}: is not a file", path.display()));
    }
    let length = length.len();
    if length > BYTES_MAX {
        return Err(format!(
            "{}: {length} bytes, at most {BYTES_MAX} are read",
            path.display()
        ));
    }
    fs_err::read(path).map_err(|error| error.to_string())
}

/// Bytes of a file as text.
pub(crate) fn text(path: &Path, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| format!("{}: is no UTF-8 text", path.display()))
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    <[u8; 32]>::from(digest)
        .map(|byte| format!("{byte:02x}"))
        .concat()
}

/// Writes a file; a reader never sees half of it.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut name = path.file_name().context("no file name")?.to_owned();
    name.push(".partial");
    let partial = path.with_file_name(name);
    fs_err::write(&partial, text)?;
    Ok(fs_err::rename(&partial, path)?)
}
