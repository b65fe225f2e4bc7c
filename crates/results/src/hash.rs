//! BLAKE3 of files and bytes.

use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::ResultsError;

/// A file as the manifest knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path relative to its folder, with `/` between the parts.
    pub path: String,
    /// Size [byte].
    pub bytes: u64,
    /// BLAKE3, as 64 hexadecimal digits.
    pub blake3: String,
}

impl FileRecord {
    /// The record of a file with this content.
    pub fn of_bytes(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            blake3: hash_bytes(bytes),
        }
    }
}

/// BLAKE3 of some bytes, as 64 hexadecimal digits.
pub fn hash_bytes(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Size [byte] and BLAKE3 of a file, read in pieces. Errors: the file cannot be read.
pub fn hash_file(path: &Path) -> Result<(u64, String), ResultsError> {
    let mut file = fs_err::File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hasher.finalize().to_hex().to_string()));
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
}
