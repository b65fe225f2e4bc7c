//! Members of a tar archive or files of a folder, one whole member at a time.
//!
//! The archive is read front to back and never unpacked; names serve as labels only. Understood: the classic and
//! `ustar` headers, GNU long names and sizes, and the `path` of a PAX header.

use std::io::{self, BufReader, Read};

use super::{Decoded, Source};
use crate::trace::{Findings, Limits};

/// Bytes of a tar block.
const BLOCK_BYTES: usize = 512;
/// Longest name or PAX header that is read [B].
const NAME_BYTES_MAX: u64 = 1 << 16;
/// Bytes read at once.
const BUFFER_BYTES: usize = 1 << 18;

/// Members in their stored order.
pub(crate) struct Members {
    origin: Origin,
    limits: Limits,
    seen: u64,
}

enum Origin {
    Tar {
        reader: BufReader<Decoded>,
        name: String,
    },
    Files(std::vec::IntoIter<Source>),
}

/// One member.
pub(crate) struct Member {
    /// Name within the archive.
    pub(crate) name: String,
    /// Content.
    pub(crate) bytes: Vec<u8>,
}

impl Members {
    /// Members of a list of files; a single file may be an archive.
    pub(crate) fn open(mut files: Vec<Source>, limits: &Limits) -> io::Result<Self> {
        let origin = match files.len() {
            1 if is_tar(&files[0], limits)? => {
                let source = files.remove(0);
                Origin::Tar {
                    reader: BufReader::with_capacity(BUFFER_BYTES, source.open(limits)?),
                    name: source.name().to_owned(),
                }
            }
            _ => Origin::Files(files.into_iter()),
        };
        Ok(Self {
            origin,
            limits: *limits,
            seen: 0,
        })
    }

    /// The next regular member; one that is too large becomes a finding.
    pub(crate) fn next(&mut self, findings: &mut Findings) -> io::Result<Option<Member>> {
        loop {
            self.seen += 1;
            if self.seen > self.limits.members_max {
                return Err(invalid("the archive has more members than the limit"));
            }
            match &mut self.origin {
                Origin::Files(files) => {
                    let Some(source) = files.next() else {
                        return Ok(None);
                    };
                    match source.read_whole(&self.limits) {
                        Ok(bytes) => {
                            return Ok(Some(Member {
                                name: source.name().to_owned(),
                                bytes,
                            }));
                        }
                        Err(fault) => findings.unreadable(source.name(), &fault),
                    }
                }
                Origin::Tar { reader, name } => {
                    let Some(header) = next_header(reader)? else {
                        return Ok(None);
                    };
                    if header.regular && header.size <= self.limits.member_bytes_max {
                        let bytes = content(reader, header.size)?;
                        return Ok(Some(Member {
                            name: header.name,
                            bytes,
                        }));
                    }
                    if header.regular {
                        findings.error(
                            name,
                            None,
                            &header.name,
                            &header.size.to_string(),
                            format!("at most {} bytes", self.limits.member_bytes_max),
                        );
                    }
                    skip(reader, padded(header.size)?)?;
                }
            }
        }
    }
}

/// Whether the decompressed content is a tar archive.
fn is_tar(source: &Source, limits: &Limits) -> io::Result<bool> {
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    source
        .open(limits)?
        .take(BLOCK_BYTES as u64)
        .read_to_end(&mut block)?;
    Ok(looks_like_tar(&block))
}

/// Whether these are the first bytes of a tar archive.
pub(crate) fn looks_like_tar(head: &[u8]) -> bool {
    head.len() >= BLOCK_BYTES && head[0] != 0 && checksum_holds(&head[..BLOCK_BYTES])
}

struct Header {
    name: String,
    size: u64,
    regular: bool,
}

/// The header of the next member, with its long name resolved; `None` at the end of the archive.
fn next_header(reader: &mut impl Read) -> io::Result<Option<Header>> {
    let mut long_name = None;
    loop {
        let Some(block) = next_block(reader)? else {
            return Ok(None);
        };
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if !checksum_holds(&block) {
            return Err(invalid("a tar header has a wrong checksum"));
        }
        let size = number(&block[124..136]).ok_or_else(|| invalid("a tar header has no size"))?;
        match block[156] {
            b'L' => long_name = Some(text(&content(reader, bounded(size)?)?)),
            b'x' => {
                let records = content(reader, bounded(size)?)?;
                long_name = pax_path(&records).or(long_name);
            }
            kind => {
                return Ok(Some(Header {
                    name: long_name.unwrap_or_else(|| short_name(&block)),
                    size,
                    regular: matches!(kind, 0 | b'0' | b'7'),
                }));
            }
        }
    }
}

fn next_block(reader: &mut impl Read) -> io::Result<Option<[u8; BLOCK_BYTES]>> {
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    reader
        .by_ref()
        .take(BLOCK_BYTES as u64)
        .read_to_end(&mut block)?;
    if block.is_empty() {
        return Ok(None);
    }
    block
        .try_into()
        .map(Some)
        .map_err(|_| invalid("the tar archive is cut off"))
}

/// The sum of all header bytes with the checksum field read as blanks.
fn checksum_holds(block: &[u8]) -> bool {
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            if (148..156).contains(&place) {
                u64::from(b' ')
            } else {
                u64::from(*byte)
            }
        })
        .sum();
    number(&block[148..156]) == Some(sum)
}

/// Octal digits, or the binary form GNU uses for large sizes.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 == 0 {
        return u64::from_str_radix(text(field).trim(), 8).ok();
    }
    rest.iter().try_fold(u64::from(first & 0x7f), |sum, byte| {
        sum.checked_mul(256)?.checked_add(u64::from(*byte))
    })
}

fn short_name(block: &[u8]) -> String {
    let name = text(&block[..100]);
    let prefix = text(&block[345..500]);
    if &block[257..262] == b"ustar" && block[262] == 0 && !prefix.is_empty() {
        format!("{prefix}/{name}")
    } else {
        name
    }
}

fn pax_path(records: &[u8]) -> Option<String> {
    let records = String::from_utf8_lossy(records);
    records
        .lines()
        .filter_map(|record| record.split_once(' '))
        .find_map(|(_, pair)| pair.strip_prefix("path=").map(ToOwned::to_owned))
}

/// Text up to the first zero byte.
fn text(field: &[u8]) -> String {
    let end = memchr::memchr(0, field).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn bounded(size: u64) -> io::Result<u64> {
    if size > NAME_BYTES_MAX {
        return Err(invalid("a tar member has a name beyond all measure"));
    }
    Ok(size)
}

fn padded(size: u64) -> io::Result<u64> {
    size.checked_next_multiple_of(BLOCK_BYTES as u64)
        .ok_or_else(|| invalid("a tar member has a size beyond all measure"))
}

/// The content of a member, and the reader behind its padding.
fn content(reader: &mut impl Read, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(size).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != size {
        return Err(invalid("the tar archive is cut off"));
    }
    skip(reader, padded(size)? - size)?;
    Ok(bytes)
}

fn skip(reader: &mut impl Read, bytes: u64) -> io::Result<()> {
    let skipped = io::copy(&mut reader.by_ref().take(bytes), &mut io::sink())?;
    if skipped != bytes {
        return Err(invalid("the tar archive is cut off"));
    }
    Ok(())
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
