//! Prints the table of validation.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let table = angara_validation::table();
    write!(
        std::io::stdout().lock(),
        "{}",
        angara_validation::markdown(&table)
    )
}
