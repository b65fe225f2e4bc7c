//! Facts of the scenario that the page needs: places, sites, links, defaults, sources.

use angara_results::Table;
use angara_scenario::{Explanations, LinkEnd, RoundTripProvenance, Scenario};

use super::calendar_year;
use crate::study::Study;

pub(super) fn places(scenario: &Scenario) -> Table {
    let rows = &scenario.places;
    Table::new("places")
        .text(
            "place",
            "",
            "Identifier of the place",
            rows.iter().map(|row| row.id.clone()),
        )
        .text("name", "", "Name", rows.iter().map(|row| row.name.clone()))
        .real(
            "latitude",
            "°",
            "Latitude",
            rows.iter().map(|row| row.latitude),
        )
        .real(
            "longitude",
            "°",
            "Longitude",
            rows.iter().map(|row| row.longitude),
        )
        .real(
            "population",
            "1",
            "Residents",
            rows.iter().map(|row| row.population),
        )
        .text(
            "residency_zone",
            "",
            "Zone in which residency is judged",
            rows.iter().map(|row| row.residency_zone.clone()),
        )
}

pub(super) fn sites(scenario: &Scenario, study: &Study) -> Table {
    let rows = &scenario.sites;
    let opened = study
        .solution
        .plan
        .sites
        .iter()
        .map(|site| site.opened.map(|year| calendar_year(scenario, year)));
    Table::new("sites")
        .text(
            "site",
            "",
            "Identifier of the site",
            rows.iter().map(|row| row.id.clone()),
        )
        .text("name", "", "Name", rows.iter().map(|row| row.name.clone()))
        .real(
            "latitude",
            "°",
            "Latitude",
            rows.iter().map(|row| row.latitude),
        )
        .real(
            "longitude",
            "°",
            "Longitude",
            rows.iter().map(|row| row.longitude),
        )
        .text(
            "grid",
            "",
            "Grid that feeds it",
            rows.iter().map(|row| scenario.grids[row.grid].name.clone()),
        )
        .text(
            "cooling",
            "",
            "How it rejects heat",
            rows.iter().map(|row| row.cooling.name().to_owned()),
        )
        .text(
            "residency_zone",
            "",
            "Zone in which residency is judged",
            rows.iter().map(|row| row.residency_zone.clone()),
        )
        .optional_small(
            "opened_year",
            "year",
            "Calendar year in which opening is decided; empty where it is not",
            opened,
        )
        .text(
            "risk_group",
            "",
            "Sites of one group can be lost together",
            rows.iter().map(|row| row.risk_group.clone()),
        )
        .text(
            "weather",
            "",
            "Where its hourly weather comes from",
            rows.iter()
                .map(|row| study.climates[row.climate].origin.clone()),
        )
}

pub(super) fn links(scenario: &Scenario) -> Table {
    let rows = &scenario.links;
    let id = |end: LinkEnd| match end {
        LinkEnd::Place(index) => scenario.places[index].id.clone(),
        LinkEnd::Site(index) => scenario.sites[index].id.clone(),
    };
    let at = |end: LinkEnd| match end {
        LinkEnd::Place(index) => (
            scenario.places[index].latitude,
            scenario.places[index].longitude,
        ),
        LinkEnd::Site(index) => (
            scenario.sites[index].latitude,
            scenario.sites[index].longitude,
        ),
    };
    let known = |provenance| match provenance {
        RoundTripProvenance::Measured => "measured".to_owned(),
        RoundTripProvenance::Estimated => "estimated".to_owned(),
    };
    Table::new("links")
        .text(
            "link",
            "",
            "Identifier of the link",
            rows.iter().map(|row| row.id.clone()),
        )
        .text("from", "", "One end", rows.iter().map(|row| id(row.from)))
        .text("to", "", "Other end", rows.iter().map(|row| id(row.to)))
        .real(
            "from_latitude",
            "°",
            "Latitude of one end",
            rows.iter().map(|row| at(row.from).0),
        )
        .real(
            "from_longitude",
            "°",
            "Longitude of one end",
            rows.iter().map(|row| at(row.from).1),
        )
        .real(
            "to_latitude",
            "°",
            "Latitude of the other end",
            rows.iter().map(|row| at(row.to).0),
        )
        .real(
            "to_longitude",
            "°",
            "Longitude of the other end",
            rows.iter().map(|row| at(row.to).1),
        )
        .real(
            "round_trip_ms",
            "ms",
            "Round trip over the link",
            rows.iter().map(|row| row.round_trip_ms),
        )
        .text(
            "provenance",
            "",
            "How the round trip is known",
            rows.iter().map(|row| known(row.provenance)),
        )
}

pub(super) fn defaults(explanations: &Explanations) -> Table {
    let rows = explanations.defaults_used();
    Table::new("defaults")
        .text(
            "path",
            "",
            "Table and column, or settings key",
            rows.iter().map(|row| row.default.path.to_owned()),
        )
        .text(
            "value",
            "",
            "Value that holds, with its unit",
            rows.iter().map(|row| row.default.value.to_owned()),
        )
        .whole(
            "count",
            "1",
            "Rows, or keys, in which it holds",
            rows.iter().map(|row| row.count as i64),
        )
        .text(
            "source",
            "",
            "Where the default comes from",
            rows.iter().map(|row| row.default.source.to_owned()),
        )
}

pub(super) fn sources(explanations: &Explanations) -> Table {
    let rows = explanations.sources();
    Table::new("sources")
        .text(
            "table",
            "",
            "Table of the scenario",
            rows.iter().map(|row| row.table.to_owned()),
        )
        .text("id", "", "Row", rows.iter().map(|row| row.id.clone()))
        .text(
            "source",
            "",
            "What the scenario names as its source",
            rows.iter().map(|row| row.source.clone()),
        )
}
