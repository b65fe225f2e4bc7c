//! A weather file of any format that is read here, told by its content; packed files (gzip, xz) too.

use std::io::{self, Read};
use std::path::Path;

use crate::epw::read_epw;
use crate::finding::Finding;
use crate::hourly::read_hourly;
use crate::record::WeatherRecord;

/// Largest file that is read, unpacked [bytes]: two centuries of hours.
pub const WEATHER_BYTES_MAX: u64 = 300_000_000;

/// What a file may not tell about its place.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeatherPlace {
    /// Height above sea level [m], for files that give neither it nor pressures; the file's own goes before. Without one,
    /// a table `index.csv` beside the file is asked for the row whose `zone` the file's name begins with.
    pub elevation_m: Option<f64>,
}

/// Reads a weather file: EPW, TMY3, or a table with a column of times (Open-Meteo, ERA5, station records).
///
/// The record is there exactly when no finding is an error; fails only where the file cannot be opened or unpacked.
pub fn read_weather_file(
    path: &Path,
    place: WeatherPlace,
) -> io::Result<(Option<WeatherRecord>, Vec<Finding>)> {
    if !fs_err::metadata(path)?.is_file() {
        let finding = Finding::error(None, "file", "not a regular file", "a weather file");
        return Ok((None, vec![finding]));
    }
    let bytes = unpacked(path)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let place = WeatherPlace {
        elevation_m: place.elevation_m.or_else(|| height_beside(path, &name)),
    };
    Ok(read_weather(&bytes, &name, place))
}

/// Height in a list of the files of a folder: `index.csv` with the columns `zone` and `elev_m`.
fn height_beside(path: &Path, name: &str) -> Option<f64> {
    const INDEX_BYTES_MAX: u64 = 1_000_000;
    let index = path.with_file_name("index.csv");
    let mut text = String::new();
    let file = fs_err::File::open(index).ok()?;
    file.take(INDEX_BYTES_MAX).read_to_string(&mut text).ok()?;
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next()?;
    let zone = heads.iter().position(|head| *head == "zone")?;
    let height = heads.iter().position(|head| *head == "elev_m")?;
    let row = lines.find(|fields| {
        let zone = fields.get(zone).copied().unwrap_or("");
        !zone.is_empty() && name.starts_with(&format!("{zone}_"))
    })?;
    row.get(height)?.parse().ok()
}

/// As [`read_weather_file`] for bytes that are at hand, named in the origin.
pub fn read_weather(
    bytes: &[u8],
    name: &str,
    place: WeatherPlace,
) -> (Option<WeatherRecord>, Vec<Finding>) {
    if bytes.len() as u64 > WEATHER_BYTES_MAX {
        let finding = Finding::error(
            None,
            "file size [bytes]",
            &format!("more than {WEATHER_BYTES_MAX}"),
            format!("at most {WEATHER_BYTES_MAX}, unpacked"),
        );
        return (None, vec![finding]);
    }
    if is_epw(bytes) {
        let (year, findings) = read_epw(bytes);
        return (year.map(WeatherRecord::from), findings);
    }
    read_hourly(bytes, name, place)
}

fn is_epw(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    start
        .get(..9)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"LOCATION,"))
}

/// The bytes of a file, unpacked where it is packed; one byte more than the limit where it is too long.
pub(crate) fn unpacked(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs_err::File::open(path)?.take(6).read_to_end(&mut start)?;
    let file = fs_err::File::open(path)?;
    let mut bytes = Vec::new();
    let limit = WEATHER_BYTES_MAX + 1;
    if start.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(file)
            .take(limit)
            .read_to_end(&mut bytes)?;
    } else if start.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0]) {
        lzma_rust2::XzReader::new(io::BufReader::new(file), true)
            .take(limit)
            .read_to_end(&mut bytes)?;
    } else {
        file.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_content() {
        assert!(is_epw(b"LOCATION,Irkutsk"));
        assert!(is_epw("\u{feff}location,Irkutsk".as_bytes()));
        assert!(!is_epw(b"time,temperature_2m"));
        assert!(!is_epw(b""));
    }

    #[test]
    fn a_list_beside_the_files_tells_their_heights() {
        let folder = tempfile::tempdir().unwrap();
        let list = "zone,lat,lon,elev_m\nZA,-26.2,28.0,1734.0\nZ,0,0,5\n";
        fs_err::write(folder.path().join("index.csv"), list).unwrap();
        let height = |name: &str| height_beside(&folder.path().join(name), name);
        assert_eq!(height("ZA_2020-2024.csv"), Some(1734.0));
        assert_eq!(height("SG_2020-2024.csv"), None);
    }

    #[test]
    fn packed_files_are_unpacked() {
        use std::io::Write as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weather.csv.gz");
        let file = fs_err::File::create(&path).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        encoder.write_all(b"time,temperature_2m\n").unwrap();
        encoder.finish().unwrap();
        assert_eq!(unpacked(&path).unwrap(), b"time,temperature_2m\n");
    }
}
