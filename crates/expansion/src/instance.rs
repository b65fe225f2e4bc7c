//! What it computes: nothing; it is the question. Which sites are open in which period, with how many halls, and
//! which place is served from where, so that every place's demand is met in full at least discounted cost.
//!
//! Assumptions: all money is in whole minor units, already discounted to one date; demand and capacity are whole
//! kilowatts; a place may be served by several sites; a site keeps its halls unless closing has a price; one kilowatt
//! served over a link costs `serving[t] + rate * carriage[t]`.
//!
//! Valid range: see [`Instance::findings`]; no cost is negative, no sum can pass 2^62.
//!
//! References: Jena, Cordeau, Gendron, "Dynamic facility location with generalized modular capacities",
//! Transportation Science 49 (2015): capacity as transitions between levels.

use std::fmt;

use crate::reach::Reach;

/// Most periods of an instance.
pub const PERIODS_MAX: usize = 120;
/// Most capacity levels of a site, the closed one not counted.
pub const LEVELS_MAX: usize = 32;
/// Most sites of an instance.
pub const SITES_MAX: usize = 20_000;
/// Most places of an instance.
pub const PLACES_MAX: usize = 1_000_000;
/// Most numbers of one kind in an instance: demands, costs of steps between levels, links.
pub const CELLS_MAX: usize = 50_000_000;
/// Largest single power [kW].
pub const POWER_KW_MAX: i64 = 1_000_000_000_000;
/// Largest single amount [minor unit].
pub const MONEY_MAX: i64 = 1_000_000_000_000_000_000;

/// An expansion problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Name for people.
    pub name: String,
    /// Weight of every link's rate by period \[1\]; its length is the number of periods.
    pub carriage: Vec<i64>,
    /// Most capacity that can be newly installed over all sites, by period [kW]; `None` is no limit.
    pub supply_kw: Vec<Option<i64>>,
    /// Most that opening, steps and closing may cost over all sites, by period [minor unit]; `None` is no limit.
    pub budget: Vec<Option<i64>>,
    /// The rule that gives the links, where there is one; else they are listed.
    pub reach: Option<Reach>,
    /// Where demand arises.
    pub places: Vec<Place>,
    /// Where halls can stand.
    pub sites: Vec<Site>,
}

/// Where a place or site lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Position {
    /// On the globe.
    Degrees {
        /// Latitude [°].
        latitude: f64,
        /// Longitude [°].
        longitude: f64,
    },
    /// On a plane.
    Plane {
        /// To the east [km].
        x_km: i64,
        /// To the north [km].
        y_km: i64,
    },
}

/// A place with demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name for people.
    pub name: String,
    /// Where it lies.
    pub position: Position,
    /// Demand by period [kW].
    pub demand_kw: Vec<i64>,
}

/// A site that can hold halls.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Name for people.
    pub name: String,
    /// Where it lies.
    pub position: Position,
    /// Level before the first period; 0 is closed.
    pub initial: usize,
    /// First period in which the level may rise.
    pub earliest: usize,
    /// Cost of any step away from level 0, by period [minor unit].
    pub opening: Vec<i64>,
    /// Cost of a step to level 0, by period [minor unit]; `None` forbids closing.
    pub closing: Option<Vec<i64>>,
    /// Cost of one kilowatt served from here for a period, energy above all [minor unit/kW].
    pub serving: Vec<i64>,
    /// Levels 1, 2, … of rising capacity.
    pub levels: Vec<Level>,
    /// Places in reach, by rising rate, then place.
    pub links: Vec<Link>,
}

/// One capacity level of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Capacity [kW].
    pub capacity_kw: i64,
    /// Cost of the step to this level from the one below, by period [minor unit].
    pub step: Vec<i64>,
    /// Cost of standing at this level for a period [minor unit].
    pub running: Vec<i64>,
}

/// A place that a site may serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Cost of one kilowatt per unit of `carriage` [minor unit/kW].
    pub rate: u32,
    /// Index of the place.
    pub place: u32,
}

/// Something in an instance that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: `site 3 (Bratsk)`.
    pub subject: String,
    /// Field name.
    pub field: String,
    /// What was found.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {} is {}, expected {}",
            self.subject, self.field, self.value, self.expected
        )
    }
}

impl Instance {
    /// Number of periods.
    pub fn periods(&self) -> usize {
        self.carriage.len()
    }

    /// Number of links over all sites.
    pub fn links(&self) -> usize {
        self.sites.iter().map(|site| site.links.len()).sum()
    }

    /// Largest demand of all places together in one period [kW].
    pub fn peak_demand_kw(&self) -> i64 {
        (0..self.periods())
            .map(|t| self.places.iter().map(|place| place.demand_kw[t]).sum())
            .max()
            .unwrap_or(0)
    }

    /// Everything that is wrong with this instance; an instance with a finding must not be solved or checked.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Findings::default();
        let periods = self.periods();
        let whole = "instance";
        findings.range(whole, "periods", periods as i64, 1, PERIODS_MAX as i64);
        findings.range(
            whole,
            "places",
            self.places.len() as i64,
            1,
            PLACES_MAX as i64,
        );
        findings.range(whole, "sites", self.sites.len() as i64, 1, SITES_MAX as i64);
        findings.series(whole, "carriage", &self.carriage, periods, 1_000_000);
        for (field, limits, most) in [
            ("supply", &self.supply_kw, POWER_KW_MAX),
            ("budget", &self.budget, MONEY_MAX),
        ] {
            let values: Vec<i64> = limits.iter().map(|limit| limit.unwrap_or(0)).collect();
            findings.series(whole, field, &values, periods, most);
        }
        for (index, place) in self.places.iter().enumerate() {
            let subject = format!("place {index} ({})", place.name);
            findings.series(&subject, "demand", &place.demand_kw, periods, POWER_KW_MAX);
        }
        for (index, site) in self.sites.iter().enumerate() {
            let subject = format!("site {index} ({})", site.name);
            findings.site(&subject, site, periods, self.places.len());
        }
        let steps = |site: &Site| (site.levels.len() + 1) * (site.levels.len() + 1) * periods;
        for (field, cells) in [
            ("places x periods", self.places.len() * periods),
            (
                "sites x periods x steps",
                self.sites.iter().map(steps).sum(),
            ),
            ("links", self.links()),
        ] {
            findings.range(whole, field, cells as i64, 0, CELLS_MAX as i64);
        }
        if findings.0.is_empty() {
            findings.sums(self);
        }
        findings.0
    }
}

impl Site {
    /// Capacity at `level` [kW].
    pub fn capacity_kw(&self, level: usize) -> i64 {
        match level {
            0 => 0,
            _ => self.levels[level - 1].capacity_kw,
        }
    }

    /// Cost of the step between two levels in `period` [minor unit]; `None` when it is not allowed.
    pub fn step(&self, from: usize, to: usize, period: usize) -> Option<i64> {
        if to > from {
            let opening = if from == 0 { self.opening[period] } else { 0 };
            let steps: i64 = self.levels[from..to].iter().map(|l| l.step[period]).sum();
            (period >= self.earliest).then_some(opening + steps)
        } else if to == from {
            Some(0)
        } else if to == 0 {
            self.closing.as_ref().map(|closing| closing[period])
        } else {
            None
        }
    }

    /// Cost of standing at `level` in `period` [minor unit].
    pub fn running(&self, level: usize, period: usize) -> i64 {
        match level {
            0 => 0,
            _ => self.levels[level - 1].running[period],
        }
    }
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, subject: &str, field: &str, value: &dyn ToString, expected: &str) {
        // A broken generator would otherwise drown the reader.
        if self.0.len() < 100 {
            self.0.push(Finding {
                subject: subject.to_owned(),
                field: field.to_owned(),
                value: value.to_string(),
                expected: expected.to_owned(),
            });
        }
    }

    fn range(&mut self, subject: &str, field: &str, value: i64, least: i64, most: i64) {
        if value < least || value > most {
            self.add(subject, field, &value, &format!("{least} to {most}"));
        }
    }

    fn series(&mut self, subject: &str, field: &str, values: &[i64], periods: usize, most: i64) {
        if values.len() != periods {
            let expected = format!("{periods} values, one per period");
            self.add(
                subject,
                field,
                &format!("{} values", values.len()),
                &expected,
            );
        }
        for &value in values {
            self.range(subject, field, value, 0, most);
        }
    }

    fn site(&mut self, subject: &str, site: &Site, periods: usize, places: usize) {
        let levels = site.levels.len();
        self.range(subject, "levels", levels as i64, 1, LEVELS_MAX as i64);
        self.range(subject, "initial", site.initial as i64, 0, levels as i64);
        self.range(subject, "earliest", site.earliest as i64, 0, periods as i64);
        self.series(subject, "opening", &site.opening, periods, MONEY_MAX);
        self.series(subject, "serving", &site.serving, periods, MONEY_MAX);
        if let Some(closing) = &site.closing {
            self.series(subject, "closing", closing, periods, MONEY_MAX);
        }
        let mut below = 0;
        for level in &site.levels {
            self.range(
                subject,
                "capacity",
                level.capacity_kw,
                below + 1,
                POWER_KW_MAX,
            );
            below = level.capacity_kw;
            self.series(subject, "step", &level.step, periods, MONEY_MAX);
            self.series(subject, "running", &level.running, periods, MONEY_MAX);
        }
        let mut seen = vec![false; places];
        for link in &site.links {
            match seen.get_mut(link.place as usize) {
                None => self.add(subject, "link", &link.place, "a place of the instance"),
                Some(true) => self.add(subject, "link", &link.place, "one link per place"),
                Some(fresh) => *fresh = true,
            }
        }
        if !site.links.is_sorted() {
            self.add(subject, "links", &"unsorted", "rising rate, then place");
        }
    }

    /// No sum that a solver or checker forms may overflow.
    fn sums(&mut self, instance: &Instance) {
        let mut total = 0_i128;
        for (t, &carriage) in instance.carriage.iter().enumerate() {
            let demand: i128 = instance
                .places
                .iter()
                .map(|place| i128::from(place.demand_kw[t]))
                .sum();
            let mut dearest = 0_i128;
            for site in &instance.sites {
                let rate = site.links.last().map_or(0, |link| link.rate);
                let unit = i128::from(site.serving[t]) + i128::from(rate) * i128::from(carriage);
                dearest = dearest.max(unit);
                total += i128::from(site.opening[t]);
                total += site.closing.as_ref().map_or(0, |c| i128::from(c[t]));
                for level in &site.levels {
                    total += i128::from(level.step[t]) + i128::from(level.running[t]);
                }
            }
            total += demand * dearest;
        }
        if total >= 1_i128 << 62 {
            self.add("instance", "sum of all costs", &total, "less than 2^62");
        }
    }
}
