//! Where bytes come from.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{Decoded, decode};
use crate::trace::Limits;

/// One file of a trace, on disk or in memory.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    origin: Origin,
}

#[derive(Debug, Clone)]
enum Origin {
    Path(PathBuf),
    Bytes(Bytes),
}

impl Source {
    /// A file on disk; it is opened when it is read.
    pub fn from_path(path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            origin: Origin::Path(path.to_owned()),
        }
    }

    /// Bytes in memory under a file name.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            origin: Origin::Bytes(bytes.into()),
        }
    }

    /// Name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Last component of the name.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Folder it stands in; nothing for bytes in memory.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Path(path) => path.parent(),
            Origin::Bytes(_) => None,
        }
    }

    /// The bytes as stored.
    pub(crate) fn open_raw(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.origin {
            Origin::Path(path) => Box::new(fs_err::File::open(path)?),
            Origin::Bytes(bytes) => Box::new(io::Cursor::new(bytes.clone())),
        })
    }

    /// The bytes after decompression, at most as many as the limits allow.
    pub(crate) fn open(&self, limits: &Limits) -> io::Result<Decoded> {
        decode::decoded(self.open_raw()?, limits.decoded_bytes_max)
    }

    /// All bytes after decompression.
    pub(crate) fn read_whole(&self, limits: &Limits) -> io::Result<Vec<u8>> {
        let most = limits.member_bytes_max.min(limits.decoded_bytes_max);
        let mut bytes = Vec::new();
        decode::decoded(self.open_raw()?, most)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// For formats that are read from several places of the file: the file, or its bytes.
    pub(crate) fn random_access(&self) -> io::Result<RandomAccess> {
        Ok(match &self.origin {
            Origin::Path(path) => RandomAccess::File(fs_err::File::open(path)?.into_parts().0),
            Origin::Bytes(bytes) => RandomAccess::Bytes(bytes.clone()),
        })
    }
}

/// A file that can be read at any place.
pub(crate) enum RandomAccess {
    /// On disk.
    File(std::fs::File),
    /// In memory.
    Bytes(Bytes),
}
