//! Versions of what results depend on, for the manifest of every run.

use std::process::Command;

#[expect(
    clippy::disallowed_methods,
    reason = "a build script speaks to cargo and has no dependencies"
)]
fn main() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .unwrap_or_default();
    println!("cargo::rustc-env=ANGARA_RUSTC={}", version.trim());
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    let lock = std::fs::read_to_string("../../Cargo.lock").unwrap_or_default();
    for (variable, package) in [
        ("ANGARA_HIGHS_SYS", "highs-sys"),
        ("ANGARA_PARQUET", "parquet"),
        ("ANGARA_RAND_CHACHA", "rand_chacha"),
        ("ANGARA_LIBM", "libm"),
    ] {
        println!(
            "cargo::rustc-env={variable}={}",
            locked_version(&lock, package)
        );
    }
}

/// Version of a package in a lock file; empty where it is not there.
fn locked_version(lock: &str, package: &str) -> String {
    lock.split("[[package]]")
        .find(|entry| {
            entry
                .lines()
                .any(|line| line == format!("name = \"{package}\""))
        })
        .and_then(|entry| {
            entry
                .lines()
                .find_map(|line| line.strip_prefix("version = "))
        })
        .map_or_else(String::new, |version| version.trim_matches('"').to_owned())
}
