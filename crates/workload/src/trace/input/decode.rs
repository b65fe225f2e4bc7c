//! Decompression by content: zstd, gzip and xz, also one inside another, whatever the file is called.

use std::io::{self, BufReader, Cursor, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Decoded;
use super::capped::Capped;

/// Compressions inside one another that are undone.
const LAYERS_MAX: usize = 3;
/// Dictionary an xz stream may ask for [KiB].
const XZ_MEMORY_KIB_MAX: u32 = 256 << 10;
/// Bytes read at once from below a decoder.
const BUFFER_BYTES: usize = 1 << 17;

/// The stream without its compressions, with at most `bytes_max` bytes at every layer.
pub(super) fn decoded(raw: Box<dyn Read + Send>, bytes_max: u64) -> io::Result<Decoded> {
    let mut stream: Decoded = Box::new(Capped::new(raw, bytes_max));
    for _ in 0..LAYERS_MAX {
        let (magic, whole) = peeked(stream, 6)?;
        let layer: Decoded = if magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Box::new(Zstd::new(BufReader::with_capacity(BUFFER_BYTES, whole)))
        } else if magic.starts_with(&[0x1f, 0x8b]) {
            Box::new(flate2::read::MultiGzDecoder::new(whole))
        } else if magic.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0]) {
            let buffered = BufReader::with_capacity(BUFFER_BYTES, whole);
            Box::new(lzma_rust2::XzReader::new_mem_limit(
                buffered,
                true,
                XZ_MEMORY_KIB_MAX,
            ))
        } else {
            return Ok(whole);
        };
        stream = Box::new(Capped::new(layer, bytes_max));
    }
    Ok(stream)
}

/// The first bytes of a stream, and the stream with them put back.
pub(super) fn peeked(mut stream: Decoded, length: usize) -> io::Result<(Vec<u8>, Decoded)> {
    let mut head = Vec::with_capacity(length);
    stream.by_ref().take(length as u64).read_to_end(&mut head)?;
    let whole = Box::new(Cursor::new(head.clone()).chain(stream));
    Ok((head, whole))
}

/// All frames of a zstd stream, one after the other, each checked against its checksum.
struct Zstd<R> {
    inner: R,
    decoder: FrameDecoder,
    within_frame: bool,
}

impl<R: Read> Zstd<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            decoder: FrameDecoder::new(),
            within_frame: false,
        }
    }

    /// Goes to the beginning of the next frame; false at the end of the stream.
    fn enter_frame(&mut self) -> io::Result<bool> {
        loop {
            let mut first = [0];
            if self.inner.read(&mut first)? == 0 {
                return Ok(false);
            }
            match self.decoder.init((&first[..]).chain(&mut self.inner)) {
                Ok(()) => {
                    self.within_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(
                        &mut self.inner.by_ref().take(u64::from(length)),
                        &mut io::sink(),
                    )?;
                }
                Err(fault) => return Err(io::Error::other(fault)),
            }
        }
    }

    fn leave_frame(&mut self) -> io::Result<()> {
        self.within_frame = false;
        match self.decoder.get_checksum_from_data() {
            Some(stored) if self.decoder.get_calculated_checksum() != Some(stored) => {
                Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the checksum of a zstd frame does not match its content",
                ))
            }
            _ => Ok(()),
        }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.within_frame && !self.enter_frame()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.inner, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.leave_frame()?;
        }
    }
}
