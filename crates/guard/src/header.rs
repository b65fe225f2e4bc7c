//! The header of a Parquet page, as far as its sizes: a structure in Thrift's compact protocol.
//!
//! # References
//! Apache Parquet format, `parquet.thrift` (`PageHeader`: field 2 is the uncompressed, field 3 the compressed size);
//! Apache Thrift, compact protocol.

/// Deepest nesting of what is skipped.
const DEPTH_MAX: u32 = 16;
/// Longest variable-length number [byte].
const NUMBER_BYTES_MAX: u32 = 10;

/// Sizes that a page header tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PageHeader {
    /// Bytes of the header itself.
    pub(crate) length: usize,
    /// Bytes of the page when it is decoded.
    pub(crate) uncompressed: i64,
    /// Bytes of the page in the file.
    pub(crate) compressed: i64,
}

/// Why there is no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderFault {
    /// The bytes end before it does.
    Short,
    /// They are no header.
    Damaged,
}

/// Reads the header at the beginning of some bytes.
pub(crate) fn page_header(bytes: &[u8]) -> Result<PageHeader, HeaderFault> {
    let mut reader = Reader { bytes, at: 0 };
    let mut header = PageHeader::default();
    let mut field = 0_i64;
    while let Some(kind) = reader.field(&mut field)? {
        match (field, kind) {
            (2, Kind::Number) => header.uncompressed = reader.signed()?,
            (3, Kind::Number) => header.compressed = reader.signed()?,
            _ => reader.skip(kind, 0)?,
        }
    }
    header.length = reader.at;
    Ok(header)
}

/// Kinds of value, by what must be read of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A truth value that stands in the header of its field.
    Nothing,
    Byte,
    Number,
    Double,
    Binary,
    List,
    Map,
    Structure,
}

impl Kind {
    fn of(nibble: u8) -> Result<Self, HeaderFault> {
        Ok(match nibble {
            1 | 2 => Self::Nothing,
            3 => Self::Byte,
            4..=6 => Self::Number,
            7 => Self::Double,
            8 => Self::Binary,
            9 | 10 => Self::List,
            11 => Self::Map,
            12 => Self::Structure,
            _ => return Err(HeaderFault::Damaged),
        })
    }

    /// As an element of a list or map, where a truth value is a byte.
    fn of_element(nibble: u8) -> Result<Self, HeaderFault> {
        match Self::of(nibble)? {
            Self::Nothing => Ok(Self::Byte),
            other => Ok(other),
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8, HeaderFault> {
        let byte = self.bytes.get(self.at).ok_or(HeaderFault::Short)?;
        self.at += 1;
        Ok(*byte)
    }

    fn unsigned(&mut self) -> Result<u64, HeaderFault> {
        let mut number = 0_u64;
        for place in 0..NUMBER_BYTES_MAX {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(7 * place).unwrap_or(0);
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(HeaderFault::Damaged)
    }

    fn signed(&mut self) -> Result<i64, HeaderFault> {
        let number = self.unsigned()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The next field of a structure; none at its end.
    fn field(&mut self, field: &mut i64) -> Result<Option<Kind>, HeaderFault> {
        let byte = self.byte()?;
        if byte == 0 {
            return Ok(None);
        }
        let step = i64::from(byte >> 4);
        *field = if step == 0 {
            self.signed()?
        } else {
            field.saturating_add(step)
        };
        Kind::of(byte & 0x0f).map(Some)
    }

    fn skip(&mut self, kind: Kind, depth: u32) -> Result<(), HeaderFault> {
        if depth > DEPTH_MAX {
            return Err(HeaderFault::Damaged);
        }
        match kind {
            Kind::Nothing => Ok(()),
            Kind::Byte => self.byte().map(|_| ()),
            Kind::Number => self.unsigned().map(|_| ()),
            Kind::Double => self.advance(8),
            Kind::Binary => {
                let length = self.unsigned()?;
                self.advance(length)
            }
            Kind::List => {
                let head = self.byte()?;
                let length = match head >> 4 {
                    15 => self.unsigned()?,
                    short => u64::from(short),
                };
                let element = Kind::of_element(head & 0x0f)?;
                (0..length).try_for_each(|_| self.skip(element, depth + 1))
            }
            Kind::Map => {
                let length = self.unsigned()?;
                if length == 0 {
                    return Ok(());
                }
                let kinds = self.byte()?;
                let key = Kind::of_element(kinds >> 4)?;
                let value = Kind::of_element(kinds & 0x0f)?;
                (0..length).try_for_each(|_| {
                    self.skip(key, depth + 1)?;
                    self.skip(value, depth + 1)
                })
            }
            Kind::Structure => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.skip(kind, depth + 1)?;
                }
                Ok(())
            }
        }
    }

    fn advance(&mut self, length: u64) -> Result<(), HeaderFault> {
        let left = (self.bytes.len() - self.at) as u64;
        if length > left {
            return Err(HeaderFault::Short);
        }
        self.at += length as usize;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_of_a_header_are_read_and_the_rest_is_skipped() {
        // Type 0; 300 and 70 bytes; a structure with a number, a binary, a list of two numbers and a truth value.
        let bytes = [
            0x15, 0x00, 0x15, 0xd8, 0x04, 0x15, 0x8c, 0x01, 0x2c, 0x15, 0x14, 0x18, 0x02, b'a',
            b'b', 0x19, 0x25, 0x02, 0x04, 0x11, 0x00, 0x00, 0xff,
        ];
        let header = page_header(&bytes).unwrap();
        assert_eq!((header.uncompressed, header.compressed), (300, 70));
        assert_eq!(header.length, bytes.len() - 1);
        assert_eq!(page_header(&bytes[..9]), Err(HeaderFault::Short));
        assert_eq!(page_header(&[0x1f]), Err(HeaderFault::Damaged));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_header_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(header) = page_header(&bytes) {
                prop_assert!(header.length <= bytes.len());
            }
        }

        #[test]
        fn deep_nesting_is_refused(depth in 100_usize..1000) {
            prop_assert!(page_header(&vec![0x1c; depth]).is_err());
        }
    }
}
