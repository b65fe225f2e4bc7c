//! A source of power: what the hosts of a cluster draw, through a battery where there is one, what it emits and costs.

use super::super::sample::{BatterySample, SourceSample};
use super::super::{Cluster, ReplayError, SourceTotals};
use crate::battery::Battery;
use crate::intensity::{IntensitySeries, JOULES_PER_KWH};

/// Parts of a watt in which the load behind a battery is counted, so that it never drifts [1/W].
const PARTS_PER_W: f64 = 1e9;

/// Joules of a megawatt-hour, by which prices count [J/MWh].
const JOULES_PER_MWH: f64 = 1e3 * JOULES_PER_KWH;

/// A source at work.
#[derive(Debug)]
pub(super) struct Source<'a> {
    carbon: Option<&'a IntensitySeries>,
    prices: Option<&'a IntensitySeries>,
    pub(super) intensity: f64,
    /// Price that holds [money/MWh].
    price: f64,
    /// When the intensity next changes [ms since the first submission].
    next_intensity_ms: i64,
    /// When the price next changes [ms since the first submission].
    next_price_ms: i64,
    battery: Option<Store>,
    pub(super) totals: SourceTotals,
    sampled: SourceTotals,
    /// Energy drawn since emissions were counted last, and since costs were [J].
    uncounted_j: f64,
    unpaid_j: f64,
}

/// The battery between the source and the hosts.
#[derive(Debug)]
struct Store {
    battery: Battery,
    capacity_j: f64,
    charge_first_j: f64,
    /// Load of the hosts [W / `PARTS_PER_W`].
    load: i128,
    since_ms: i64,
    next_limit_ms: i64,
    sampled_ms: i64,
}

impl<'a> Source<'a> {
    pub(super) fn new(
        cluster: &Cluster,
        carbon: Option<&'a IntensitySeries>,
        prices: Option<&'a IntensitySeries>,
        clock_ms: i64,
    ) -> Result<Self, ReplayError> {
        let battery = match &cluster.battery {
            None => None,
            Some((_, spec)) => {
                let battery = Battery::new(spec).map_err(|source| ReplayError::Battery {
                    cluster: cluster.name.clone(),
                    source,
                })?;
                Some(Store {
                    capacity_j: spec.capacity_j,
                    charge_first_j: battery.charge_j(),
                    battery,
                    load: 0,
                    since_ms: 0,
                    next_limit_ms: i64::MAX,
                    sampled_ms: 0,
                })
            }
        };
        let mut source = Self {
            carbon,
            prices,
            intensity: 0.0,
            price: 0.0,
            next_intensity_ms: 0,
            next_price_ms: 0,
            battery,
            totals: SourceTotals::default(),
            sampled: SourceTotals::default(),
            uncounted_j: 0.0,
            unpaid_j: 0.0,
        };
        source.look_up(0, clock_ms);
        Ok(source)
    }

    /// When the intensity or the price next changes [ms since the first submission].
    pub(super) fn next_change_ms(&self) -> i64 {
        self.next_intensity_ms.min(self.next_price_ms)
    }

    /// Takes over the intensity and the price that hold from now on; the energy so far must have been added.
    pub(super) fn look_up(&mut self, now_ms: i64, clock_ms: i64) {
        if self.next_intensity_ms <= now_ms {
            self.next_intensity_ms = i64::MAX;
            self.look_up_intensity(now_ms, clock_ms);
        }
        if self.next_price_ms <= now_ms {
            self.pay();
            self.next_price_ms = next_change_ms(self.prices, now_ms, clock_ms);
            self.price = self
                .prices
                .map_or(0.0, |prices| prices.at(clock_ms + now_ms));
        }
    }

    fn look_up_intensity(&mut self, now_ms: i64, clock_ms: i64) {
        self.count();
        let Some(carbon) = self.carbon else { return };
        self.intensity = carbon.at(clock_ms + now_ms);
        self.next_intensity_ms = next_change_ms(self.carbon, now_ms, clock_ms);
        if let Some(store) = &mut self.battery {
            store.battery.on_intensity(self.intensity);
            store.plan(now_ms);
        }
    }

    /// Counts the emissions of the energy drawn since the last time.
    fn count(&mut self) {
        self.totals.carbon_g += self.intensity * self.uncounted_j / JOULES_PER_KWH;
        self.uncounted_j = 0.0;
    }

    /// Counts what the energy drawn since the last time costs.
    fn pay(&mut self) {
        self.totals.cost += self.price * self.unpaid_j / JOULES_PER_MWH;
        self.unpaid_j = 0.0;
    }

    /// Adds energy that hosts have drawn; counts only where no battery stands between.
    pub(super) fn draw(&mut self, energy_j: f64) {
        if self.battery.is_none() {
            self.totals.energy_j += energy_j;
            self.uncounted_j += energy_j;
            self.unpaid_j += energy_j;
        }
    }

    /// Changes the load behind the battery at an instant.
    pub(super) fn change_load(&mut self, now_ms: i64, before_w: f64, after_w: f64) {
        if self.battery.is_none() || before_w == after_w {
            return;
        }
        self.advance(now_ms);
        if let Some(store) = &mut self.battery {
            let parts = |power_w: f64| (power_w * PARTS_PER_W).round() as i128;
            store.load += parts(after_w) - parts(before_w);
            store.plan(now_ms);
        }
    }

    /// Lets the battery work up to an instant.
    pub(super) fn advance(&mut self, now_ms: i64) {
        if let Some(store) = &mut self.battery {
            let interval_ms = now_ms - store.since_ms;
            if interval_ms > 0 {
                store.since_ms = now_ms;
                let drawn_j = store.battery.advance(interval_ms, store.load_w());
                self.totals.energy_j += drawn_j;
                self.uncounted_j += drawn_j;
                self.unpaid_j += drawn_j;
                self.totals.battery_change_j = store.battery.charge_j() - store.charge_first_j;
            }
        }
    }

    /// When the battery is next full or empty [ms].
    pub(super) fn next_limit_ms(&self) -> i64 {
        self.battery
            .as_ref()
            .map_or(i64::MAX, |store| store.next_limit_ms)
    }

    /// The battery is full or empty: it decides again.
    pub(super) fn reach_limit(&mut self, now_ms: i64) {
        self.advance(now_ms);
        if let Some(store) = &mut self.battery {
            store.battery.on_limit();
            store.plan(now_ms);
        }
    }

    /// What is seen of the source, with differences since the sample before.
    pub(super) fn sample(&mut self, cluster: usize, hosts_w: f64) -> SourceSample {
        self.count();
        let before = self.sampled;
        self.sampled = self.totals;
        SourceSample {
            cluster,
            power_w: match &self.battery {
                Some(store) => store.battery.grid_w(store.load_w()),
                None => hosts_w,
            },
            energy_j: self.totals.energy_j - before.energy_j,
            intensity: self.intensity,
            carbon_g: self.totals.carbon_g - before.carbon_g,
        }
    }

    /// What is seen of the battery.
    pub(super) fn battery_sample(&mut self, cluster: usize, now_ms: i64) -> Option<BatterySample> {
        let store = self.battery.as_mut()?;
        let load_w = store.load_w();
        let interval_ms = now_ms - store.sampled_ms;
        store.sampled_ms = now_ms;
        Some(BatterySample {
            cluster,
            charging_w: (store.battery.grid_w(load_w) - load_w).max(0.0),
            charge_j: store.battery.charge_j(),
            capacity_j: store.capacity_j,
            state: store.battery.state(),
            embodied_g: store.battery.embodied_g_per_ms() * interval_ms as f64,
        })
    }

    /// Totals at the end.
    pub(super) fn close(&mut self, now_ms: i64) -> SourceTotals {
        self.advance(now_ms);
        self.count();
        self.pay();
        self.totals
    }
}

/// When a series next changes [ms since the first submission].
fn next_change_ms(series: Option<&IntensitySeries>, now_ms: i64, clock_ms: i64) -> i64 {
    series
        .and_then(|series| series.next_change_after(clock_ms + now_ms))
        .map_or(i64::MAX, |change_ms| change_ms - clock_ms)
}

impl Store {
    fn load_w(&self) -> f64 {
        self.load as f64 / PARTS_PER_W
    }

    fn plan(&mut self, now_ms: i64) {
        self.next_limit_ms = self
            .battery
            .next_change_ms(self.load_w())
            .map_or(i64::MAX, |change_ms| {
                now_ms.saturating_add(change_ms.max(1))
            });
    }
}
