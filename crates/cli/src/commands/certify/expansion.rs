//! Plans of `angara expand solve`.

use std::path::Path;

use angara_expansion::{Certificate, check, read_certificate, read_instance, recompute};

use super::{Claim, Judged, Problems};
use crate::files;

pub(super) fn claim(text: &str) -> Result<Claim, Problems> {
    let read = read_certificate(text);
    let told = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Problems>();
    let (source, certificate) =
        read.map_err(|errors: Vec<angara_expansion::ReadError>| told(errors))?;
    Ok(Claim {
        data: source.file,
        sha256: source.sha256,
        judge: Box::new(move |path, bytes| judge(&certificate, path, bytes)),
    })
}

fn judge(certificate: &Certificate, path: &Path, bytes: Vec<u8>) -> Result<Judged, Problems> {
    let text = files::text(path, bytes).map_err(|error| vec![error])?;
    let instance = read_instance(&text).map_err(|errors| -> Problems {
        let told = errors
            .iter()
            .map(|error| format!("{}: {error}", path.display()));
        told.collect()
    })?;
    let (found, violated) = match check(&instance, certificate) {
        Ok(found) => (Some(found), None),
        Err(refused) => (recompute(&instance, certificate).ok(), Some(refused.0)),
    };
    Ok(Judged {
        kind: "expansion plan".to_owned(),
        found: found.map(|found| (found.cost as f64, found.bound as f64)),
        violated,
    })
}
