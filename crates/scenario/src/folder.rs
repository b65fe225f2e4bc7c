//! Files of the scenario folder: only inside it, only of a sane size, only text.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use angara_diagnostics::{Diagnostic, Location, did_you_mean, quoted};

use crate::limits;

/// One file that was read, with its bytes as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path relative to the scenario folder, with `/` between its parts.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl InputFile {
    /// BLAKE3 hash of the content, in hexadecimal.
    pub fn blake3(&self) -> String {
        blake3::hash(&self.bytes).to_hex().to_string()
    }
}

/// Where files come from.
pub(crate) enum Origin<'a> {
    /// A folder on disk, its path resolved.
    Disk(PathBuf),
    /// Files already in memory, by path.
    Memory(&'a BTreeMap<String, Vec<u8>>),
}

/// The scenario folder while it is read.
pub(crate) struct Folder<'a> {
    origin: Origin<'a>,
    inputs: Vec<InputFile>,
    total_bytes: u64,
}

/// Why a file was not read.
pub(crate) enum Refusal {
    /// It does not exist.
    Missing,
    /// It exists, and is refused or cannot be read.
    Refused(Box<Diagnostic>),
}

const KEEP_INSIDE: &str =
    "copy the file into the scenario folder, so that the folder holds all that a run depends on";

fn refused(finding: Diagnostic) -> Refusal {
    Refusal::Refused(Box::new(finding))
}

impl<'a> Folder<'a> {
    pub(crate) fn new(origin: Origin<'a>) -> Self {
        Self {
            origin,
            inputs: Vec::new(),
            total_bytes: 0,
        }
    }

    /// Files read so far, sorted by path.
    pub(crate) fn into_inputs(mut self) -> Vec<InputFile> {
        self.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.inputs.dedup_by(|a, b| a.path == b.path);
        self.inputs
    }

    /// Reads a file as text; a byte-order mark is dropped.
    pub(crate) fn text(&mut self, path: &str, most: u64) -> Result<String, Refusal> {
        let bytes = self.bytes(path, most)?;
        text(path, bytes)
    }

    /// Reads a file.
    pub(crate) fn bytes(&mut self, path: &str, most: u64) -> Result<&[u8], Refusal> {
        let path = inside(path)?;
        let most = most.min(limits::FOLDER_BYTES.saturating_sub(self.total_bytes));
        let bytes = match &self.origin {
            Origin::Memory(files) => match files.get(&path) {
                Some(bytes) if bytes.len() as u64 > most => {
                    return Err(too_large(&path, bytes.len() as u64, most));
                }
                Some(bytes) => bytes.clone(),
                None => return Err(Refusal::Missing),
            },
            Origin::Disk(root) => from_disk(root, &path, most)?,
        };
        self.total_bytes += bytes.len() as u64;
        self.inputs.push(InputFile { path, bytes });
        Ok(self
            .inputs
            .last()
            .map_or(&[], |input| input.bytes.as_slice()))
    }

    /// A hint for a file that is missing: one with a name like it.
    pub(crate) fn similar(&self, path: &str) -> Option<String> {
        const MOST: usize = 1_000;
        let names: Vec<String> = match &self.origin {
            Origin::Memory(files) => files.keys().cloned().collect(),
            Origin::Disk(root) => {
                let mut names: Vec<String> = fs_err::read_dir(root)
                    .into_iter()
                    .flatten()
                    .take(MOST)
                    .filter_map(Result::ok)
                    .filter_map(|entry| entry.file_name().into_string().ok())
                    .collect();
                names.sort();
                names
            }
        };
        did_you_mean(path, names.iter().map(String::as_str))
    }
}

/// The path in plain form, if it stays inside the folder.
fn inside(path: &str) -> Result<String, Refusal> {
    let outside = |why: &str| {
        refused(
            Diagnostic::error(
                "path-outside-folder",
                format!("the path {} {why}", quoted(path)),
            )
            .expected("a path relative to the scenario folder, such as `weather/irkutsk.epw`")
            .hint(KEEP_INSIDE),
        )
    };
    if path.contains(['\\', ':']) || path.chars().any(char::is_control) {
        return Err(outside("has a character that is not allowed in paths here"));
    }
    let mut parts = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir => return Err(outside("leaves the scenario folder by `..`")),
            Component::RootDir | Component::Prefix(_) => {
                return Err(outside("is absolute and so leaves the scenario folder"));
            }
        }
    }
    if parts.is_empty() {
        return Err(outside("names no file"));
    }
    Ok(parts.join("/"))
}

fn from_disk(root: &Path, path: &str, most: u64) -> Result<Vec<u8>, Refusal> {
    let refused = |finding: Diagnostic| refused(finding.at(Location::file(path)));
    let unreadable = |error: &std::io::Error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            return Refusal::Missing;
        }
        refused(Diagnostic::error(
            "unreadable-file",
            format!("{} cannot be read: {}", quoted(path), error.kind()),
        ))
    };
    let joined = root.join(path);
    let resolved = fs_err::canonicalize(&joined).map_err(|error| unreadable(&error))?;
    if !resolved.starts_with(root) {
        return Err(refused(
            Diagnostic::error(
                "path-outside-folder",
                format!(
                    "{} is a link that leads out of the scenario folder",
                    quoted(path)
                ),
            )
            .expected("a file inside the scenario folder")
            .hint(KEEP_INSIDE),
        ));
    }
    let metadata = fs_err::metadata(&resolved).map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        return Err(refused(
            Diagnostic::error("not-a-file", format!("{} is a folder", quoted(path)))
                .expected("a file"),
        ));
    }
    if !metadata.is_file() {
        return Err(refused(
            Diagnostic::error(
                "not-a-file",
                format!("{} is a device or a pipe", quoted(path)),
            )
            .expected("a file"),
        ));
    }
    if metadata.len() > most {
        return Err(too_large(path, metadata.len(), most));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    fs_err::File::open(&resolved)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > most {
        return Err(too_large(path, bytes.len() as u64, most));
    }
    Ok(bytes)
}

fn too_large(path: &str, bytes: u64, most: u64) -> Refusal {
    refused(
        Diagnostic::error(
            "file-too-large",
            format!(
                "{} is too large to read: {}",
                quoted(path),
                mebibytes(bytes)
            ),
        )
        .at(Location::file(path))
        .expected(format!(
            "at most {} here; {} for all files together",
            mebibytes(most),
            mebibytes(limits::FOLDER_BYTES)
        ))
        .hint("look for a cell or a comment that was pasted by mistake, or thin the table out"),
    )
}

fn mebibytes(bytes: u64) -> String {
    if bytes < 1 << 20 {
        format!("{bytes} bytes")
    } else {
        format!("{} MiB", bytes >> 20)
    }
}

/// Bytes as text without its byte-order mark.
fn text(path: &str, bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refused(
            Diagnostic::error("not-utf-8", format!("{} is UTF-16 text", quoted(path)))
                .at(Location::file(path))
                .expected("UTF-8 text")
                .hint("save it as UTF-8; a spreadsheet calls this `CSV UTF-8`"),
        ));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| refused(not_utf8(path, bytes, error.valid_up_to())))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find('\0') {
        return Err(refused(
            Diagnostic::error(
                "nul-byte",
                format!("{} has a NUL byte, so it is not a text file", quoted(path)),
            )
            .at(Location::span(path, text, at..at + 1))
            .expected("UTF-8 text")
            .hint("export the table again as `CSV UTF-8`"),
        ));
    }
    Ok(text.to_owned())
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let line_start = bytes[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line_end = bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| at + length)
        .min(at + 4 * limits::CELL_BYTES);
    let line_number = bytes[..line_start].split(|byte| *byte == b'\n').count();
    let before = String::from_utf8_lossy(&bytes[line_start..at]).into_owned();
    let line = before.clone() + &String::from_utf8_lossy(&bytes[at..line_end]);
    let marked = before.len()..before.len() + '\u{fffd}'.len_utf8();
    Diagnostic::error(
        "not-utf-8",
        format!(
            "{} is not UTF-8 text: byte {:#04x} fits no character",
            quoted(path),
            bytes[at]
        ),
    )
    .at(Location::in_line(path, line_number, &line, marked))
    .expected("UTF-8 text")
    .hint("save it as UTF-8; a spreadsheet calls this `CSV UTF-8`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_folder() {
        for path in [
            "../a.csv",
            "/etc/passwd",
            "a/../../b",
            "C:\\a",
            "",
            ".",
            "a\\b",
        ] {
            assert!(inside(path).is_err(), "{path}");
        }
        assert_eq!(
            inside("./weather//a.epw").ok().as_deref(),
            Some("weather/a.epw")
        );
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(text("a", b"\xef\xbb\xbfid").ok().as_deref(), Some("id"));
    }

    #[test]
    fn utf_16_is_recognised_by_its_mark() {
        let Err(Refusal::Refused(finding)) = text("a", &[0xff, 0xfe, b'i', 0]) else {
            panic!("UTF-16 was read");
        };
        assert!(finding.message.contains("UTF-16"));
    }
}
