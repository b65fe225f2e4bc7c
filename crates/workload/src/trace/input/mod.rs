//! Bytes on their way in: files, decompression, archives, lines and fields, each with its limit.

mod archive;
mod capped;
mod decode;
mod field;
mod lines;
mod source;
mod table;
mod time_stamp;

pub(super) use archive::{Member, Members, looks_like_tar};
pub(super) use field::{finite, leading_decimal};
pub(super) use lines::{Line, Lines};
pub(super) use source::RandomAccess;
pub use source::Source;
pub(super) use table::Table;
pub(super) use time_stamp::time_stamp_us;

/// Reader of decompressed, capped bytes.
pub(super) type Decoded = Box<dyn std::io::Read + Send>;
