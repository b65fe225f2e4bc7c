//! Reads every column of Parquet files and sums it: the least that any use of them costs. For comparison with
//! `angara replay` as a whole process.

#![allow(
    clippy::print_stdout,
    reason = "an example tells its result on standard output"
)]

#[path = "../benches/decode/mod.rs"]
mod decode;

fn main() {
    for path in std::env::args_os().skip(1) {
        match decode::sum_of(path.as_ref()) {
            Ok(sum) => println!("{}: {sum}", path.display()),
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
}
