//! The page of a replay around its story.

use std::path::Path;

use angara_results::{MANIFEST, Manifest};
use askama::Template;

use super::block::{Block, Story};
use crate::ReportError;
use crate::format::clean;
use crate::security;

const STYLE: &str = concat!(
    include_str!("../../templates/page.css"),
    include_str!("../../templates/plot.css")
);
const SCRIPT: &str = include_str!("../../templates/page.js");

#[derive(Template)]
#[template(path = "replay.html")]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    story: Story,
    command: String,
    facts: Vec<(String, String)>,
}

/// The page of a story. Errors: a manifest that is there but broken.
pub(crate) fn render(folder: &Path, story: Story) -> Result<String, ReportError> {
    let manifest = if folder.join(MANIFEST).is_file() {
        Some(Manifest::read(folder)?)
    } else {
        None
    };
    let mut facts = Vec::new();
    if let Some(manifest) = &manifest {
        facts.push(("Angara".to_owned(), clean(&manifest.version)));
        let engines = manifest.engines.iter();
        facts.extend(engines.map(|(name, version)| (clean(name), clean(version))));
    }
    let named = manifest.as_ref().map(|manifest| clean(&manifest.scenario));
    let page = Page {
        policy: security::policy(SCRIPT, STYLE),
        style: STYLE,
        script: SCRIPT,
        title: named
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| story.title.clone()),
        story,
        command: manifest.map_or_else(String::new, |manifest| clean(&manifest.command)),
        facts,
    };
    Ok(page.render()?)
}
