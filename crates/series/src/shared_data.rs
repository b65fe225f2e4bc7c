//! Data of the shared folder beside the repository, for tests that compare with real records.

use std::path::Path;
use std::process::Command;

/// Content of a compressed file of the shared folder; `None`, with a word on the console, when the file
/// or the program that unpacks it is absent.
pub(crate) fn unpacked(program: &str, path: &str) -> Option<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let file = Path::new(folder).join(path);
    let output = match Command::new(program).arg("-dc").arg(&file).output() {
        Ok(output) if output.status.success() => output.stdout,
        _ => {
            println!("skipped: no {path} in the shared data folder, or no {program}");
            return None;
        }
    };
    Some(output)
}
