//! A reader that refuses to yield more than it may: the guard against decompression bombs.

use std::io::{self, Read};

/// Yields at most `most` bytes; asking for more of a longer stream is an error.
pub(super) struct Capped<R> {
    inner: R,
    left: u64,
    most: u64,
}

impl<R: Read> Capped<R> {
    pub(super) fn new(inner: R, most: u64) -> Self {
        Self {
            inner,
            left: most,
            most,
        }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            let mut probe = [0];
            return match self.inner.read(&mut probe)? {
                0 => Ok(0),
                _ => Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("more than {} bytes after decompression", self.most),
                )),
            };
        }
        let room = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.inner.read(&mut buffer[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_of_exactly_the_limit_passes_and_one_byte_more_does_not() {
        let mut all = Vec::new();
        Capped::new(&[7u8; 10][..], 10)
            .read_to_end(&mut all)
            .unwrap();
        assert_eq!(all.len(), 10);
        let fault = Capped::new(&[7u8; 11][..], 10)
            .read_to_end(&mut all)
            .unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::InvalidData);
    }
}
