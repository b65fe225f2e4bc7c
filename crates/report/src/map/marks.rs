//! Sites and places as discs, each with the name that it wishes to show.

use super::labels::Wish;
use super::region::{Place, Region};
use super::sheet::{Point, Sheet};
use crate::chart::{COLOURS, coordinate};
use crate::fleet::Site;
use crate::format::{SPACE, number};

/// A disc with what it tells under the pointer.
pub(super) struct Disc {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) radius: String,
    pub(super) class: String,
    pub(super) tip: String,
}

/// All discs and names of a map.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) sites: Vec<Disc>,
    pub(super) places: Vec<Disc>,
    /// Names, the most important first.
    pub(super) wishes: Vec<Wish>,
    /// Middle and radius of every disc [px].
    pub(super) taken: Vec<(Point, f64)>,
}

impl Marks {
    /// The discs of a region: sites by power, then places by population.
    pub(super) fn of(region: &Region<'_>, sheet: &Sheet) -> Self {
        let mut marks = Self::default();
        let mut sites: Vec<&Site> = region.fleet.sites.iter().collect();
        sites.sort_by(|a, b| b.it_kw.total_cmp(&a.it_kw));
        let largest_kw = sites.first().map_or(1.0, |site| site.it_kw.max(1.0));
        let (built, candidates): (Vec<&Site>, Vec<&Site>) =
            sites.into_iter().partition(|site| site.it_kw > 0.0);
        for site in built {
            marks.built(site, region.fleet.last_year, largest_kw, sheet);
        }
        let built_wishes = std::mem::take(&mut marks.wishes);
        for site in candidates {
            marks.candidate(site, sheet);
        }
        // A candidate has its name after the towns.
        let candidate_wishes = std::mem::replace(&mut marks.wishes, built_wishes);
        let mut places: Vec<&Place> = region.places.iter().collect();
        places.sort_by(|a, b| b.population.total_cmp(&a.population));
        let largest_town = places
            .first()
            .map_or(1.0, |place| place.population.max(1.0));
        for place in places {
            marks.place(place, largest_town, sheet);
        }
        marks.wishes.extend(candidate_wishes);
        marks
    }

    fn built(&mut self, site: &Site, year: i32, largest_kw: f64, sheet: &Sheet) {
        let Some(middle) = sheet.place(site.lon_lat) else {
            return;
        };
        let largest_px = if sheet.is_wide { 15.0 } else { 10.0 };
        let radius = (site.it_kw / largest_kw).sqrt() * largest_px + 2.5;
        let power = format!("{}{SPACE}MW", number(site.it_kw / 1e3, 1));
        let tip = format!(
            "Site {}\nIT power {year}: {power}\nCooling: {}\nGrid: {}",
            site.name, site.cooling, site.grid
        );
        let class = format!("site f{}", site.colour % COLOURS);
        self.sites.push(disc(middle, radius, class, tip));
        self.taken.push((middle, radius));
        self.wishes.push(Wish {
            at: middle,
            radius,
            text: format!("{}{SPACE}·{SPACE}{power}", site.name),
            short: Some(site.name.clone()),
            size: if sheet.is_wide { 13.0 } else { 12.0 },
            class: "name site-name",
        });
    }

    fn candidate(&mut self, site: &Site, sheet: &Sheet) {
        let Some(middle) = sheet.place(site.lon_lat) else {
            return;
        };
        let radius = 3.5;
        let tip = format!(
            "Site {}\nCandidate, not built\nCooling: {}\nGrid: {}",
            site.name, site.cooling, site.grid
        );
        self.sites
            .push(disc(middle, radius, "site candidate".to_owned(), tip));
        self.taken.push((middle, radius));
        self.wishes.push(Wish {
            at: middle,
            radius,
            text: site.name.clone(),
            short: None,
            size: 12.0,
            class: "name",
        });
    }

    fn place(&mut self, place: &Place, largest_town: f64, sheet: &Sheet) {
        let Some(middle) = sheet.place(place.at) else {
            return;
        };
        let largest_px = if sheet.is_wide { 6.5 } else { 4.5 };
        let radius = (place.population / largest_town).sqrt() * largest_px + 1.2;
        let is_beside_site = self
            .taken
            .iter()
            .any(|(mark, _)| (mark.0 - middle.0).abs() + (mark.1 - middle.1).abs() < 8.0);
        let tip = format!("{}\n{} residents", place.name, number(place.population, 0));
        self.places
            .push(disc(middle, radius, "place".to_owned(), tip));
        self.taken.push((middle, radius));
        if !is_beside_site {
            self.wishes.push(Wish {
                at: middle,
                radius,
                text: place.name.clone(),
                short: None,
                size: 11.0,
                class: "name place-name",
            });
        }
    }
}

fn disc(middle: Point, radius: f64, class: String, tip: String) -> Disc {
    Disc {
        x: coordinate(middle.0),
        y: coordinate(middle.1),
        radius: coordinate(radius),
        class,
        tip,
    }
}
