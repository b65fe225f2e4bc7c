//! Names that are safe below a run folder on every system.

use crate::ResultsError;

const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Checks that a `/`-separated name stays below the folder it is joined to. Errors: absolute, `..`,
/// empty parts, drive letters, backslashes, control characters, device names of Windows.
pub fn check_relative_path(name: &str) -> Result<(), ResultsError> {
    let refuse = |problem| {
        Err(ResultsError::Name {
            name: name.to_owned(),
            problem,
        })
    };
    if name.is_empty() || name.len() > 1024 {
        return refuse("it has no or too many characters");
    }
    for part in name.split('/') {
        if part.is_empty() {
            return refuse("a part of it is empty");
        }
        if part == "." || part == ".." {
            return refuse("it must not climb");
        }
        if part
            .chars()
            .any(|letter| letter.is_control() || "\\:*?\"<>|".contains(letter))
        {
            return refuse("it holds a character that not every system allows");
        }
        if part.ends_with('.') || part.ends_with(' ') {
            return refuse("a part of it ends with a dot or a space");
        }
        let stem = part.split('.').next().unwrap_or(part).to_lowercase();
        if RESERVED.contains(&stem.as_str()) {
            return refuse("a part of it is the name of a device");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_relative_path;

    #[test]
    fn names_below_the_folder_pass() {
        for name in [
            "a",
            "tables/site_months.parquet",
            "scenario/климат.csv",
            "a..b",
        ] {
            assert!(check_relative_path(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn names_that_leave_the_folder_or_clash_with_devices_are_refused() {
        for name in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "./a",
            "C:/x",
            "C:x",
            "\\\\host\\x",
            "a\\b",
            "nul",
            "tables/COM1.csv",
            "a\0b",
            "a\nb",
            "dot.",
            "space ",
            "a/",
        ] {
            assert!(check_relative_path(name).is_err(), "{name:?}");
        }
    }
}
