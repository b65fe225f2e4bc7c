//! Broken scenarios: the template with one thing changed.
//!
//! A case is a folder. Its files replace those of the template; its `patch.txt` changes them line by line:
//!
//! ```text
//! file sites.csv        the file that the next lines change
//! find hall_it [kW]     text that must be there, in one line (\n, \0, \e and \u{...} are escapes)
//! replace hall_it [t]   what stands there instead, at its first place
//! fill 70000            or: so many times the letter x instead
//! remove grids.csv      no such file
//! folder grids.csv      a folder of that name
//! sparse a.csv 1024     a file of that many bytes that takes no room on disk
//! outside a.csv         a symbolic link to a file beside the scenario folder
//! ```

use std::path::{Path, PathBuf};

use fs_err as fs;

/// One case.
pub(crate) struct Case {
    /// Name of its folder.
    pub(crate) name: String,
    folder: PathBuf,
}

/// The cases of a group (`broken`, `doubtful`), sorted by name; `scenario_crate` is the folder of the crate.
pub(crate) fn cases(scenario_crate: &Path, group: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = fs::read_dir(scenario_crate.join("tests").join(group))
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| Case {
            name: entry.file_name().to_string_lossy().into_owned(),
            folder: entry.path(),
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    /// Writes the broken scenario into `folder`, which does not exist yet and whose parent is a scratch folder.
    pub(crate) fn write(&self, scenario_crate: &Path, folder: &Path) {
        fs::create_dir(folder).expect("a new folder");
        copy(&scenario_crate.join("template"), folder);
        copy(&self.folder, folder);
        let patch = folder.join("patch.txt");
        if patch.exists() {
            let lines = fs::read_to_string(&patch).expect("the patch");
            fs::remove_file(&patch).expect("the patch");
            self.patch(&lines, folder);
        }
    }

    fn patch(&self, lines: &str, folder: &Path) {
        let mut file = PathBuf::new();
        let mut wanted = String::new();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            match verb {
                "file" => file = folder.join(rest),
                "find" => wanted = unescaped(rest),
                "replace" => self.replace(&file, &wanted, &unescaped(rest)),
                "fill" => {
                    let length = rest.parse().expect("a length");
                    self.replace(&file, &wanted, &"x".repeat(length));
                }
                "remove" => fs::remove_file(folder.join(rest)).expect("a file to remove"),
                "folder" => {
                    fs::remove_file(folder.join(rest)).expect("a file to remove");
                    fs::create_dir(folder.join(rest)).expect("a new folder");
                }
                "sparse" => {
                    let (name, length) = rest.split_once(' ').expect("a name and a length");
                    fs::File::create(folder.join(name))
                        .and_then(|file| file.set_len(length.parse().expect("a length")))
                        .expect("a sparse file");
                }
                "outside" => outside(folder, rest),
                other => panic!("{}: unknown verb {other}", self.name),
            }
        }
    }

    fn replace(&self, file: &Path, wanted: &str, replacement: &str) {
        let text = fs::read_to_string(file).expect("a text file");
        assert!(
            text.contains(wanted),
            "{}: {} does not hold {wanted:?}",
            self.name,
            file.display()
        );
        fs::write(file, text.replacen(wanted, replacement, 1)).expect("a written file");
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copied file");
    }
}

#[cfg(unix)]
fn outside(folder: &Path, name: &str) {
    let beside = folder.with_extension("outside");
    fs::rename(folder.join(name), &beside).expect("a file to move");
    std::os::unix::fs::symlink(&beside, folder.join(name)).expect("a link");
}

#[cfg(not(unix))]
fn outside(folder: &Path, name: &str) {
    // Links need a privilege here; the case then shows a missing file instead.
    fs::remove_file(folder.join(name)).expect("a file to remove");
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\e", "\u{1b}")
        .replace("\\u{202e}", "\u{202e}")
}
