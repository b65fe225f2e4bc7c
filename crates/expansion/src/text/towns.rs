//! Towns from a table with a header, as `GeoNames` exports have it: `name`, `lat` or `latitude`, `lon` or `longitude`,
//! `population`; other columns are passed over.

use super::lines::{ReadError, Reader, Stop};
use crate::generate::Located;
use crate::instance::{PLACES_MAX, Position};

/// Largest population of one place.
const POPULATION_MAX: u64 = 10_000_000_000;

/// Columns that are read.
struct Columns {
    name: usize,
    latitude: usize,
    longitude: usize,
    population: usize,
}

/// Reads towns.
///
/// # Errors
/// Everything that is not as expected.
pub fn read_towns(text: &str) -> Result<Vec<Located>, Vec<ReadError>> {
    Reader::read(text.trim_start_matches('\u{feff}'), |reader| {
        let mut lines = text.lines().zip(1..);
        let header = lines.next().map_or("", |line| line.0);
        let columns = columns(reader, header)?;
        let mut towns = Vec::new();
        for (line, number) in lines.filter(|line| !line.0.trim().is_empty()) {
            if towns.len() == PLACES_MAX {
                let expected = format!("at most {PLACES_MAX} towns");
                reader.note(number, "towns", "more", &expected)?;
                break;
            }
            towns.push(town(reader, &columns, &fields(line), number)?);
        }
        if towns.is_empty() {
            reader.note(2, "towns", "none", "at least one town")?;
        }
        Ok(towns)
    })
}

fn columns(reader: &mut Reader, header: &str) -> Result<Columns, Stop> {
    let header = fields(header.trim_start_matches('\u{feff}'));
    let mut column = |names: [&str; 2]| {
        let found = header
            .iter()
            .position(|field| names.contains(&field.trim()));
        if found.is_none() {
            let expected = format!("a column `{}`", names.join("` or `"));
            reader.note(1, "header", &header.join(","), &expected)?;
        }
        Ok(found.unwrap_or(usize::MAX))
    };
    let columns = Columns {
        name: column(["name", "town"])?,
        latitude: column(["lat", "latitude"])?,
        longitude: column(["lon", "longitude"])?,
        population: column(["population", "inhabitants"])?,
    };
    if reader.sound() {
        Ok(columns)
    } else {
        Err(Stop)
    }
}

fn town(
    reader: &mut Reader,
    columns: &Columns,
    fields: &[String],
    line: usize,
) -> Result<Located, Stop> {
    let field = |column: usize| fields.get(column).map_or("", |field| field.trim());
    let mut degrees = |column: usize, name: &str, most: f64| {
        let number: f64 = field(column).parse().unwrap_or(f64::NAN);
        if !(-most..=most).contains(&number) {
            let expected = format!("a number from -{most} to {most}");
            reader.note(line, name, field(column), &expected)?;
        }
        Ok(number)
    };
    let latitude = degrees(columns.latitude, "latitude", 90.0)?;
    let longitude = degrees(columns.longitude, "longitude", 180.0)?;
    let population: f64 = field(columns.population).parse().unwrap_or(f64::NAN);
    if !(0.0..=POPULATION_MAX as f64).contains(&population) {
        let expected = format!("a number from 0 to {POPULATION_MAX}");
        reader.note(line, "population", field(columns.population), &expected)?;
    }
    Ok(Located {
        name: field(columns.name).to_owned(),
        position: Position::Degrees {
            latitude,
            longitude,
        },
        population: population as u64,
    })
}

/// Fields of a line; a quoted one may hold commas, a doubled quote is one.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('"', true) if letters.next_if_eq(&'"').is_some() => push(&mut fields, '"'),
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(String::new()),
            (other, _) => push(&mut fields, other),
        }
    }
    fields
}

fn push(fields: &mut [String], letter: char) {
    if let Some(field) = fields.last_mut() {
        field.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_found_by_the_names_of_their_columns() {
        let text =
            "id,name,population,lat,lon\n1,\"Ust, \"\"Kut\"\"\",42000,56.8,105.8\n\n2,B,7,-1,2\n";
        let towns = read_towns(text).expect("towns");
        assert_eq!(towns.len(), 2);
        assert_eq!(towns[0].name, "Ust, \"Kut\"");
        assert_eq!(towns[0].population, 42_000);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let errors =
            read_towns("name,lat,lon,population\na,91,0,5\nb,0,x,-1\n").expect_err("wrong");
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3);
        assert_eq!(
            told[0],
            "line 2: latitude is `91`, expected a number from -90 to 90"
        );
        assert!(told[2].contains("line 3: population is `-1`"));
        let errors = read_towns("name,x\n").expect_err("no columns");
        assert_eq!(errors.len(), 3);
    }
}
