//! A folder in the making: it appears whole or not at all.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::WriteError;

/// Files that are written into a hidden folder beside the target. Dropped without [`Self::commit`], nothing is left.
pub(in crate::trace) struct NewFolder {
    target: PathBuf,
    staging: TempDir,
}

impl NewFolder {
    /// Starts a folder that will stand at `target`; missing parent folders are made. The target must be absent or an
    /// empty folder: a trace is never overwritten.
    pub(in crate::trace) fn create(target: &Path) -> Result<Self, WriteError> {
        let target = std::path::absolute(target)?;
        check_place(&target)?;
        let parent = target.parent().unwrap_or(&target);
        fs_err::create_dir_all(parent)?;
        let mut prefix = OsString::from(".");
        prefix.push(target.file_name().unwrap_or_default());
        prefix.push(".partial-");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let staging = builder.tempdir_in(parent)?;
        Ok(Self { target, staging })
    }

    /// Where a file is until the commit.
    pub(in crate::trace) fn path(&self, name: &str) -> PathBuf {
        self.staging.path().join(name)
    }

    /// Flushes all files to the disk and puts the folder in its place.
    pub(in crate::trace) fn commit(self) -> Result<PathBuf, WriteError> {
        for entry in fs_err::read_dir(self.staging.path())? {
            fs_err::File::open(entry?.path())?.sync_all()?;
        }
        check_place(&self.target)?;
        if self.target.exists() {
            fs_err::remove_dir(&self.target)?;
        }
        fs_err::rename(self.staging.path(), &self.target)?;
        // The folder has moved: its temporary name has nothing left to remove.
        let _moved = self.staging.keep();
        Ok(self.target)
    }
}

/// Only an absent place or an empty folder may be taken.
fn check_place(target: &Path) -> Result<(), WriteError> {
    let occupied = |problem| {
        Err(WriteError::Occupied {
            path: target.to_owned(),
            problem,
        })
    };
    let kind = match fs_err::symlink_metadata(target) {
        Ok(metadata) => metadata.file_type(),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    if kind.is_symlink() {
        return occupied("is a symbolic link; name a new folder");
    }
    if !kind.is_dir() {
        return occupied("is a file; name a new folder");
    }
    if fs_err::read_dir(target)?.next().is_some() {
        return occupied("is not empty; name a new or empty folder");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_or_leaves_nothing() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("a/b");
        let folder = NewFolder::create(&target).unwrap();
        fs_err::write(folder.path("x"), b"1").unwrap();
        assert!(!target.exists());
        drop(folder);
        assert_eq!(
            fs_err::read_dir(scratch.path().join("a")).unwrap().count(),
            0
        );
        let folder = NewFolder::create(&target).unwrap();
        fs_err::write(folder.path("x"), b"2").unwrap();
        folder.commit().unwrap();
        assert_eq!(fs_err::read(target.join("x")).unwrap(), b"2");
        assert_eq!(
            fs_err::read_dir(scratch.path().join("a")).unwrap().count(),
            1
        );
    }

    #[test]
    fn what_stands_there_is_never_overwritten() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("out");
        fs_err::create_dir(&target).unwrap();
        let folder = NewFolder::create(&target).unwrap();
        fs_err::write(target.join("mine"), b"kept").unwrap();
        assert!(matches!(folder.commit(), Err(WriteError::Occupied { .. })));
        assert!(NewFolder::create(&target).is_err());
        assert!(NewFolder::create(&target.join("mine")).is_err());
        assert_eq!(fs_err::read(target.join("mine")).unwrap(), b"kept");
    }
}
