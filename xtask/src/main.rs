//! Chores of the repository: `cargo xtask help` lists them.

mod instructions;
mod outlines;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  tidy                      what no compiler checks: file lengths, words, headers, floors
  instructions              instructions of whole replays, counted under valgrind, beside decoding alone
  outlines INPUT OUTPUT     shipped outlines of land and borders, from Natural Earth TopoJSON
";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a program for a terminal"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["tidy"] => tidy::check(&repository()).map(|findings| {
            for finding in &findings {
                println!("{finding}");
            }
            findings.is_empty()
        }),
        ["instructions"] => instructions::count(&repository()).map(|table| {
            print!("{table}");
            true
        }),
        ["outlines", input, output] => {
            outlines::generate(Path::new(input), Path::new(output)).map(|()| true)
        }
        ["help" | "--help"] | [] => {
            print!("{HELP}");
            Ok(true)
        }
        _ => {
            eprint!("{HELP}");
            Ok(false)
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
