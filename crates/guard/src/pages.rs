//! The pages of a Parquet file, by their headers.

use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::ChunkReader;

use crate::header::{HeaderFault, PageHeader, page_header};

/// Most bytes that one compressed byte can stand for: Snappy's copies turn three bytes into 64.
const EXPANSION_MAX: i64 = 24;
/// What every page may hold.
const PAGE_BYTES_FREE: i64 = 1 << 10;
/// Longest header that is looked for [byte].
const HEADER_BYTES_MAX: u64 = 8 << 20;
/// First bytes of a page among which its header is looked for; longer where they do not hold it [byte].
const HEADER_BYTES: u64 = 1 << 8;

/// Refuses a file of which a page claims to be larger than its bytes can be.
///
/// # Errors
/// Such a page, damaged headers, a compression that this product does not read, bytes that cannot be read.
pub fn check_page_sizes<R: ChunkReader>(
    source: &R,
    metadata: &ParquetMetaData,
) -> Result<(), ParquetError> {
    for group in metadata.row_groups() {
        for chunk in group.columns() {
            check_chunk(source, chunk)?;
        }
    }
    Ok(())
}

fn check_chunk<R: ChunkReader>(
    source: &R,
    chunk: &ColumnChunkMetaData,
) -> Result<(), ParquetError> {
    let column = chunk.column_path().string();
    let expansion = match chunk.compression() {
        Compression::UNCOMPRESSED => 1,
        Compression::SNAPPY => EXPANSION_MAX,
        other => {
            return Err(ParquetError::General(format!(
                "column `{column}` is compressed as {other}, which is not read here"
            )));
        }
    };
    let place = |told: i64| {
        u64::try_from(told).map_err(|_| {
            ParquetError::General(format!("column `{column}` lies at a negative place"))
        })
    };
    let offset = chunk.dictionary_page_offset();
    let mut start = place(offset.unwrap_or_else(|| chunk.data_page_offset()))?;
    let length = place(chunk.compressed_size())?;
    let end = start.saturating_add(length).min(source.len());
    while start < end {
        let header = header_at(source, start, end)?;
        let Ok(PageHeader {
            length,
            uncompressed,
            compressed,
        }) = header
        else {
            return Err(ParquetError::General(format!(
                "column `{column}` has a page without a sound header"
            )));
        };
        let most = compressed
            .saturating_mul(expansion)
            .saturating_add(PAGE_BYTES_FREE);
        if compressed < 0 || uncompressed < 0 || uncompressed > most {
            return Err(ParquetError::General(format!(
                "column `{column}` has a page of {compressed} bytes that claims to hold {uncompressed}"
            )));
        }
        start = start
            .saturating_add(length as u64)
            .saturating_add(compressed as u64);
    }
    Ok(())
}

/// The header at a place.
fn header_at<R: ChunkReader>(
    source: &R,
    start: u64,
    end: u64,
) -> Result<Result<PageHeader, HeaderFault>, ParquetError> {
    let mut window = HEADER_BYTES;
    loop {
        let length = window.min(end - start);
        let found = page_header(&source.get_bytes(start, length as usize)?);
        if found != Err(HeaderFault::Short) || length == end - start || window > HEADER_BYTES_MAX {
            return Ok(found);
        }
        window *= 16;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;

    /// A column of texts that compress well, in pages of a hundred rows.
    fn file(compression: Compression) -> Vec<u8> {
        let schema = parse_message_type("message t { required binary x (UTF8); }").unwrap();
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_dictionary_enabled(false)
            .set_write_batch_size(100)
            .set_data_page_row_count_limit(100)
            .build();
        let mut bytes = Vec::new();
        let mut writer =
            SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties)).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let texts = vec![ByteArray::from(vec![b'a'; 1_000]); 1_000];
        column
            .typed::<ByteArrayType>()
            .write_batch(&texts, None, None)
            .unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        bytes
    }

    fn check(bytes: &[u8]) -> Result<(), String> {
        let bytes = bytes::Bytes::copy_from_slice(bytes);
        let reader = SerializedFileReader::new(bytes.clone()).unwrap();
        check_page_sizes(&bytes, reader.metadata()).map_err(|error| error.to_string())
    }

    #[test]
    fn sound_files_pass_however_well_they_compress() {
        for compression in [Compression::SNAPPY, Compression::UNCOMPRESSED] {
            assert_eq!(check(&file(compression)), Ok(()));
        }
    }

    #[test]
    fn a_page_that_claims_more_than_its_bytes_can_hold_is_refused() {
        let mut bytes = file(Compression::SNAPPY);
        // The first page: its type, then its uncompressed size as a zigzag number of three bytes.
        assert_eq!(bytes[4..7], [0x15, 0x00, 0x15]);
        let told = page_header(&bytes[4..]).unwrap();
        assert!(told.uncompressed > 100_000 && told.uncompressed < 1 << 20);
        let claimed = 1_000_000_u64 << 1;
        for (place, byte) in bytes[7..10].iter_mut().enumerate() {
            *byte = (claimed >> (7 * place)) as u8 & 0x7f | if place < 2 { 0x80 } else { 0 };
        }
        let refused = check(&bytes).unwrap_err();
        assert!(refused.contains("claims to hold 1000000"), "{refused}");
        bytes[4] = 0x0f;
        assert!(
            check(&bytes)
                .unwrap_err()
                .contains("without a sound header")
        );
    }
}
