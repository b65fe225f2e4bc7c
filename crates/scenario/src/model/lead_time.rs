//! When an order comes.
//!
//! What it computes: lead times by the share of orders that come within them, and the share that comes too late.
//!
//! Assumptions: the logarithm of the lead time is normally distributed, through the lead time (half of all orders) and
//! the late lead time (nine of ten). Where both are equal every order comes when it is due.
//!
//! Valid range: lead times above zero.
//!
//! References: lognormal lead times: E. Silver, D. Pyke, R. Peterson, "Inventory Management and Production Planning
//! and Scheduling", Wiley 1998, section 7.8; the normal distribution by the complementary error function, NIST DLMF
//! 7.17.

use angara_quantity::Duration;

use super::Equipment;

/// Share of orders that come within the late lead time [1].
const LATE_SHARE: f64 = 0.9;

impl Equipment {
    /// Lead time within which a share of the orders come.
    pub fn lead_time_at(&self, confidence: f64) -> Duration {
        let median = self.lead_time.milliseconds() as f64;
        let spread = self.lead_spread();
        if spread == 0.0 {
            return self.lead_time;
        }
        let stretched = median * libm::exp(spread * normal_quantile(confidence));
        Duration::from_milliseconds(stretched as i64)
    }

    /// Share of orders that take longer than `available` [1].
    pub fn late_share(&self, available: Duration) -> f64 {
        let spread = self.lead_spread();
        let (lead, available) = (self.lead_time.milliseconds(), available.milliseconds());
        if spread == 0.0 {
            return f64::from(u8::from(available < lead));
        }
        if available <= 0 {
            return 1.0;
        }
        1.0 - normal_share(libm::log(available as f64 / lead as f64) / spread)
    }

    /// Standard deviation of the logarithm of the lead time [1].
    fn lead_spread(&self) -> f64 {
        let (lead, late) = (
            self.lead_time.milliseconds(),
            self.lead_time_late.milliseconds(),
        );
        if lead <= 0 || late <= lead {
            return 0.0;
        }
        libm::log(late as f64 / lead as f64) / normal_quantile(LATE_SHARE)
    }
}

/// Share of a standard normal variable at or below a value [1].
fn normal_share(value: f64) -> f64 {
    0.5 * libm::erfc(-value / core::f64::consts::SQRT_2)
}

/// Value below which a share of a standard normal variable lies, by halving.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        if normal_share(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, value) in [
            (0.5, 0.0),
            (0.9, 1.281_551_565_5),
            (0.975, 1.959_963_984_5),
            (0.01, -2.326_347_874_0),
        ] {
            assert!((normal_quantile(share) - value).abs() < 1e-9, "{share}");
            assert!((normal_share(value) - share).abs() < 1e-9, "{value}");
        }
    }
}
