//! Our values against textbooks, standards, records and peers: one table.
//!
//! Each check stands in its own file and gives rows: what, against whom, expected, ours, allowed. A row without an
//! allowance reports a distance for which nobody has set a limit.

mod check;
mod lei_masanet;
mod row;
mod shared;

use std::fmt::Write as _;

pub use row::{Row, Verdict};

/// All rows, in the order of the checks.
pub fn table() -> Vec<Row> {
    check::all()
}

/// The rows as a table in Markdown.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = "| what | reference | expected | ours | distance | allowed | |\n|---|---|---|---|---|---|---|\n"
        .to_owned();
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.what,
            row.reference,
            row.expected,
            row.ours,
            row.distance,
            row.allowed,
            row.verdict.word()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_with_an_allowance_exceeds_it_unless_the_documents_say_so() {
        let rows = table();
        assert!(rows.len() > 30, "{}", rows.len());
        let outside: Vec<&Row> = rows
            .iter()
            .filter(|row| row.verdict == Verdict::Outside && !row.is_known)
            .collect();
        assert!(outside.is_empty(), "{outside:#?}");
    }

    #[test]
    fn the_documents_show_this_table() {
        let rows = table();
        if rows.iter().any(|row| row.verdict == Verdict::Absent) {
            println!("skipped: reference files are not at hand");
            return;
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/validation.md");
        let page = fs_err::read_to_string(path).expect("the page of validation");
        assert!(
            page.contains(&markdown(&rows)),
            "docs/validation.md is not what `cargo run -p angara-validation` prints"
        );
    }
}
