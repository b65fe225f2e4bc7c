//! From a folder to a checked scenario, or to all that is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use angara_diagnostics::{Diagnostic, Diagnostics, Location, quoted};
use angara_quantity::Currency;

use crate::check;
use crate::explain::Explanations;
use crate::folder::{Folder, InputFile, Origin, Refusal};
use crate::limits;
use crate::model::Scenario;
use crate::read::frame::Frame;
use crate::read::{self, settings};
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec};
use crate::tables::Tables;
use crate::yaml::Document;

/// Name of the settings file.
pub const SETTINGS_FILE: &str = "scenario.yaml";

/// What came of reading a scenario folder.
#[derive(Debug)]
pub struct Loaded {
    /// The scenario; there exactly when no finding is an error.
    pub scenario: Option<Scenario>,
    /// All findings across all files, sorted.
    pub diagnostics: Diagnostics,
    /// Every file that was read, sorted by path.
    pub inputs: Vec<InputFile>,
    /// Where every value comes from.
    pub explanations: Explanations,
}

/// Reads a scenario folder and everything its settings name.
///
/// Never stops at the first finding. Nothing outside the folder is read, and nothing is written.
pub fn load(folder: &Path) -> Loaded {
    let shown = folder.display().to_string();
    match fs_err::canonicalize(folder) {
        Ok(root) if root.is_dir() => read_all(Folder::new(Origin::Disk(root))),
        Ok(_) => nothing(
            Diagnostic::error(
                "not-a-folder",
                format!("{} is not a folder", quoted(&shown)),
            )
            .expected("the folder that holds scenario.yaml")
            .hint(if shown.ends_with(SETTINGS_FILE) {
                "give the folder, not the file in it"
            } else {
                "a scenario is a folder with scenario.yaml and its tables"
            }),
        ),
        Err(error) => nothing(
            Diagnostic::error(
                "no-folder",
                format!(
                    "the folder {} cannot be read: {}",
                    quoted(&shown),
                    error.kind()
                ),
            )
            .expected("the folder that holds scenario.yaml")
            .hint("`angara init` writes an example folder to start from"),
        ),
    }
}

/// Reads a scenario whose files are in memory, by path relative to the folder.
pub fn load_files(files: &BTreeMap<String, Vec<u8>>) -> Loaded {
    read_all(Folder::new(Origin::Memory(files)))
}

fn nothing(finding: Diagnostic) -> Loaded {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(finding);
    Loaded {
        scenario: None,
        diagnostics,
        inputs: Vec::new(),
        explanations: Explanations::default(),
    }
}

fn read_all(mut folder: Folder<'_>) -> Loaded {
    let reading = Reading::default();
    let document = document(&mut folder, &reading);
    let (scenario, tables) = match &document {
        Some(document) => {
            let (scenario, tables) = assemble(document, &mut folder, &reading);
            (Some(scenario), tables)
        }
        None => (None, Tables::default()),
    };
    let scenario = scenario.filter(|_| !reading.has_errors());
    let (diagnostics, defaults_used) = reading.finish();
    Loaded {
        scenario,
        diagnostics,
        inputs: folder.into_inputs(),
        explanations: Explanations::new(document, tables, defaults_used),
    }
}

fn document(folder: &mut Folder<'_>, reading: &Reading) -> Option<Document> {
    match folder.text(SETTINGS_FILE, limits::SETTINGS_BYTES) {
        Ok(text) => match Document::new(SETTINGS_FILE, text) {
            Ok(document) => return Some(document),
            Err(finding) => reading.push(*finding),
        },
        Err(Refusal::Refused(finding)) => reading.push(*finding),
        Err(Refusal::Missing) => reading.push(
            Diagnostic::error(
                "missing-file",
                format!("there is no {} in the folder", quoted(SETTINGS_FILE)),
            )
            .at(Location::file(SETTINGS_FILE))
            .expected("a scenario folder: scenario.yaml and the tables it names")
            .hint(folder.similar(SETTINGS_FILE).unwrap_or_else(|| {
                "`angara init` writes an example folder to start from".to_owned()
            })),
        ),
    }
    None
}

/// Reads every table and block, then checks them against each other.
fn assemble(document: &Document, folder: &mut Folder<'_>, reading: &Reading) -> (Scenario, Tables) {
    let stand_in = stand_in_currency();
    let frame = Frame::read(document, reading, stand_in);
    let (horizon, currency) = (frame.horizon, frame.currency);
    let tables = Tables::open(|spec| open(spec, &frame, folder, reading));

    let mut currencies = read::currencies::read(&tables.currencies, currency, reading);
    if currency == stand_in {
        currencies.clear();
    }
    let grid_ids = Ids::read(&tables.grids, "id", reading);
    let place_ids = Ids::read(&tables.places, "id", reading);
    let site_ids = Ids::read(&tables.sites, "id", reading);
    let profile_ids = Ids::read(&tables.profiles, "id", reading);
    let service_ids = Ids::read(&tables.services, "id", reading);
    let origin_ids = Ids::read(&tables.origins, "id", reading);
    let party_ids = Ids::read(&tables.parties, "id", reading);
    for table in [&tables.equipment, &tables.links, &tables.futures] {
        Ids::read(table, "id", reading);
    }
    let mut climate_ids = Ids::empty(&tables.climates.file, "climate");
    climate_ids.doubt_if(tables.climates.is_incomplete() || tables.weather.is_incomplete());
    let mut climates = read::climates::read(&tables.climates, &mut climate_ids, reading);
    climates.extend(read::weather::read(
        &tables.weather,
        &mut climate_ids,
        folder,
        reading,
    ));
    let mut platforms = Ids::empty(&tables.equipment.file, "platform");
    platforms.doubt_if(tables.equipment.is_incomplete());
    let equipment = read::equipment::read(
        &tables.equipment,
        &origin_ids,
        &mut platforms,
        currency,
        horizon,
        reading,
    );
    let mut sites = read::sites::read(&tables.sites, &grid_ids, &climate_ids, currency, reading);
    read::grid_limits::read(&tables.grid_limits, &site_ids, &mut sites, reading);
    let scenario = Scenario {
        name: frame.name,
        description: frame.description,
        horizon,
        currency,
        seed: frame.seed,
        promises: settings::promises(&frame.root),
        planning: settings::planning(&frame.root),
        simulation: settings::simulation(&frame.root, horizon, reading),
        prices: settings::prices(&frame.root, currency),
        hall_plant: settings::hall_plant(&frame.root),
        platforms: platforms.names().to_vec(),
        currencies,
        grids: read::grids::read(&tables.grids, currency, reading),
        climates,
        places: read::places::read(&tables.places, reading),
        sites,
        profiles: read::profiles::read(&tables.profiles, reading),
        services: read::services::read(&tables.services, &profile_ids, &platforms, reading),
        demand: read::demand::read(&tables.demand, &service_ids, &place_ids, reading),
        equipment,
        supply: read::supply::read(&tables.supply, &origin_ids, reading),
        links: read::links::read(&tables.links, &place_ids, &site_ids, currency, reading),
        parties: read::parties::read(&tables.parties, currency, reading),
        budgets: read::budgets::read(&tables.budgets, &party_ids, currency, horizon, reading),
        futures: read::futures::read(&tables.futures, &origin_ids, reading),
        origins: read::origins::read(&tables.origins, reading),
    };
    check::all(&scenario, &tables, reading);
    (scenario, tables)
}

/// Stands for a currency of the totals that could not be read (ISO 4217: no currency).
fn stand_in_currency() -> Currency {
    "XXX".parse().expect("three capital letters")
}

/// Reads the file of a table: the one that the settings name, or the one of the table's own name.
fn open(
    spec: &'static TableSpec,
    frame: &Frame<'_>,
    folder: &mut Folder<'_>,
    reading: &Reading,
) -> Table {
    let named = frame.file(spec.name);
    let file = named
        .as_ref()
        .map(crate::written::Field::text)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| format!("{}.csv", spec.name));
    let at = |finding: Diagnostic| match named.as_ref().and_then(crate::written::Field::location) {
        Some(location) => finding.at(location),
        None => finding.at(Location::file(&file)),
    };
    match folder.text(&file, limits::FILE_BYTES) {
        Ok(text) => return Table::new(spec, file, text, reading),
        Err(Refusal::Refused(finding)) => {
            let finding = *finding;
            reading.push(if finding.location.is_some() {
                finding
            } else {
                at(finding)
            });
        }
        Err(Refusal::Missing) if spec.needed || named.is_some() => {
            let finding = Diagnostic::error(
                "missing-file",
                format!("there is no file {}", quoted(&file)),
            );
            reading.push(
                at(finding)
                    .expected(format!(
                        "the table {}, one row for each {}",
                        quoted(spec.name),
                        spec.row
                    ))
                    .maybe_hint(folder.similar(&file)),
            );
        }
        Err(Refusal::Missing) => return Table::absent(spec),
    }
    Table::refused(spec)
}
