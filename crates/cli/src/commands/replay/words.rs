//! Numbers, lengths of time and tables as people read them.

/// A whole number with its digits in groups of three.
pub(super) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share in percent.
pub(super) fn share(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// A length of time [s] in the unit that reads best.
pub(super) fn length(seconds: f64) -> String {
    let (value, unit) = match seconds {
        _ if seconds < 120.0 => (seconds, "s"),
        _ if seconds < 7_200.0 => (seconds / 60.0, "min"),
        _ if seconds < 172_800.0 => (seconds / 3_600.0, "h"),
        _ => (seconds / 86_400.0, "d"),
    };
    let digits = usize::from(value.fract() != 0.0);
    format!("{value:.digits$} {unit}")
}

/// A table: the first column to the left, all others as wide as they must be; numbers to the right.
pub(super) fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut all: Vec<Vec<String>> = vec![head.iter().map(|name| (*name).to_owned()).collect()];
    all.extend(rows);
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = all.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let is_number: Vec<bool> = (0..head.len())
        .map(|column| {
            all.iter().skip(1).all(|row| {
                row.get(column)
                    .is_some_and(|cell| cell.starts_with(|letter: char| letter.is_ascii_digit()))
            })
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            if column > 0 && is_number[column] {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_its_columns_under_each_other() {
        let rows = vec![
            vec!["a".to_owned(), "1,000".to_owned()],
            vec!["long".to_owned(), "7".to_owned()],
        ];
        assert_eq!(
            table(&["name", "n"], rows),
            "  name      n\n  a     1,000\n  long      7"
        );
    }

    #[test]
    fn lengths_take_the_unit_that_reads_best() {
        for (seconds, text) in [(0.0, "0 s"), (900.0, "15 min"), (731_970.0, "8.5 d")] {
            assert_eq!(length(seconds), text);
        }
    }
}
