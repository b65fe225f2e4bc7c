//! A run folder in the making: it appears whole or not at all.
//!
//! Everything is written into a hidden folder beside the target, flushed to the disk, and renamed. An
//! earlier run at the target steps aside for the moment of the rename and returns if that fails.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{
    FileRecord, MANIFEST, Manifest, ResultsError, Table, TableFile, check_relative_path, to_parquet,
};

/// Files that are flushed at once.
const FLUSH_THREADS: usize = 8;

/// A run folder in the making. Dropped without [`RunFolder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct RunFolder {
    target: PathBuf,
    staging: TempDir,
    files: Vec<FileRecord>,
}

/// Whether a folder is a run folder of ours, of whatever format.
pub fn is_run_folder(path: &Path) -> bool {
    match Manifest::read(path) {
        Ok(_) => true,
        Err(_) => newer_run_folder(path),
    }
}

/// A manifest of a later format still says whose it is.
fn newer_run_folder(path: &Path) -> bool {
    fs_err::read(path.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
        .and_then(|value| {
            value
                .get("product")
                .map(|product| product == crate::PRODUCT)
        })
        .unwrap_or(false)
}

impl RunFolder {
    /// Starts a run folder that will stand at `target`; missing parent folders are made.
    /// Errors: `target` is a file, a symbolic link, or a folder with something other than a run in it.
    pub fn create(target: &Path) -> Result<Self, ResultsError> {
        let target = std::path::absolute(target)?;
        check_place(&target)?;
        let parent = target.parent().ok_or_else(|| ResultsError::Occupied {
            path: target.clone(),
            problem: "is the root of the file system".to_owned(),
        })?;
        fs_err::create_dir_all(parent)?;
        let mut prefix = OsString::from(".");
        prefix.push(target.file_name().unwrap_or_default());
        prefix.push(".partial-");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let staging = builder.tempdir_in(parent)?;
        Ok(Self {
            target,
            staging,
            files: Vec::new(),
        })
    }

    /// Where the files are until the commit.
    pub fn staging(&self) -> &Path {
        self.staging.path()
    }

    /// Where the run folder will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes one file. Errors: a name that leaves the folder, the manifest's name, a full disk.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ResultsError> {
        check_name(name)?;
        let path = self.staging.path().join(name);
        if let Some(folder) = path.parent() {
            fs_err::create_dir_all(folder)?;
        }
        fs_err::write(&path, bytes)?;
        self.files.retain(|file| file.path != name);
        self.files.push(FileRecord::of_bytes(name, bytes));
        Ok(())
    }

    /// Writes a table to `tables/<name>.parquet`.
    pub fn write_table(&mut self, table: &Table) -> Result<(), ResultsError> {
        let bytes = to_parquet(table)?;
        self.write(&format!("tables/{}.parquet", table.name()), &bytes)
    }

    /// Starts a table at `name` that is written piece by piece, with the columns of a table whose rows are not
    /// written; [`Self::take`] makes it a part of the run. Errors: as [`Self::write`].
    pub fn start_table(&self, name: &str, like: &Table) -> Result<TableFile, ResultsError> {
        check_name(name)?;
        TableFile::create(self.staging.path(), name, like)
    }

    /// Takes a finished table of [`Self::start_table`] into the run.
    pub fn take(&mut self, table: FileRecord) {
        self.files.retain(|file| file.path != table.path);
        self.files.push(table);
    }

    /// Copies one file of the scenario to `scenario/<name>`.
    pub fn write_input(&mut self, name: &str, bytes: &[u8]) -> Result<(), ResultsError> {
        self.write(&format!("scenario/{name}"), bytes)
    }

    /// Writes the manifest with the files written so far: inputs are those under `scenario/` (paths
    /// relative to it), outputs all others. May be called again; the report reads it before the last time.
    pub fn write_manifest(&self, manifest: &Manifest) -> Result<Manifest, ResultsError> {
        let mut manifest = manifest.clone();
        manifest.inputs.clear();
        manifest.outputs.clear();
        for file in &self.files {
            match file.path.strip_prefix("scenario/") {
                Some(name) => manifest.inputs.push(FileRecord {
                    path: name.to_owned(),
                    ..file.clone()
                }),
                None => manifest.outputs.push(file.clone()),
            }
        }
        manifest.inputs.sort();
        manifest.outputs.sort();
        fs_err::write(self.staging.path().join(MANIFEST), manifest.to_json()?)?;
        Ok(manifest)
    }

    /// Writes the final manifest, flushes everything to the disk and puts the folder in its place; should the power fail
    /// at once, the earlier run may be there again, but whole.
    /// Errors leave the target as it was.
    pub fn commit(self, manifest: &Manifest) -> Result<PathBuf, ResultsError> {
        self.write_manifest(manifest)?;
        sync_tree(self.staging.path())?;
        check_place(&self.target)?;
        let Self {
            target, staging, ..
        } = self;
        let parent = target.parent().unwrap_or(&target).to_owned();
        let aside = if target.exists() {
            let aside = tempfile::Builder::new()
                .prefix(".angara-replaced-")
                .tempdir_in(&parent)?;
            fs_err::rename(&target, aside.path().join("run"))?;
            Some(aside)
        } else {
            None
        };
        if let Err(error) = fs_err::rename(staging.path(), &target) {
            if let Some(aside) = aside {
                // The earlier run goes back; should that fail too, it stays beside the target.
                if fs_err::rename(aside.path().join("run"), &target).is_err() {
                    let _kept = aside.keep();
                }
            }
            return Err(error.into());
        }
        // The folder has moved: its temporary name has nothing left to remove.
        let _moved = staging.keep();
        Ok(target)
    }
}

fn check_name(name: &str) -> Result<(), ResultsError> {
    check_relative_path(name)?;
    if name == MANIFEST {
        return Err(ResultsError::Name {
            name: name.to_owned(),
            problem: "the manifest is written last, by itself",
        });
    }
    Ok(())
}

/// Only an absent place, an empty folder or an earlier run may be taken.
fn check_place(target: &Path) -> Result<(), ResultsError> {
    let occupied = |problem: &str| {
        Err(ResultsError::Occupied {
            path: target.to_owned(),
            problem: problem.to_owned(),
        })
    };
    let kind = match fs_err::symlink_metadata(target) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if kind.is_symlink() {
        return occupied("is a symbolic link; name the folder it points to");
    }
    if !kind.is_dir() {
        return occupied("is a file");
    }
    let is_empty = fs_err::read_dir(target)?.next().is_none();
    if is_empty || is_run_folder(target) {
        return Ok(());
    }
    occupied("holds files that are not a run; choose another folder or empty it")
}

/// Flushes a folder and all in it. Files are flushed side by side, since a disk takes many as fast as one.
fn sync_tree(folder: &Path) -> Result<(), ResultsError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    list_tree(folder, &mut files, &mut folders)?;
    let flush = |paths: &[PathBuf]| -> Result<(), std::io::Error> {
        let share = paths.len().div_ceil(FLUSH_THREADS).max(1);
        std::thread::scope(|scope| {
            let threads: Vec<_> = paths
                .chunks(share)
                .map(|paths| {
                    scope.spawn(move || {
                        paths
                            .iter()
                            .try_for_each(|path| fs_err::File::open(path)?.sync_all())
                    })
                })
                .collect();
            threads.into_iter().try_for_each(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(std::io::Error::other("a thread ended early")))
            })
        })
    };
    // Only Unix lets a folder be opened for that.
    if cfg!(unix) {
        files.append(&mut folders);
    }
    flush(&files)?;
    Ok(())
}

fn list_tree(
    folder: &Path,
    files: &mut Vec<PathBuf>,
    folders: &mut Vec<PathBuf>,
) -> Result<(), ResultsError> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list_tree(&path, files, folders)?;
        } else {
            files.push(path);
        }
    }
    folders.push(folder.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests;
