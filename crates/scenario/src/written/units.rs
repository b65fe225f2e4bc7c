//! Quantities that only scenarios need.

use angara_quantity::{Quantity, UnitName};

/// Mass of carbon dioxide [t].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carbon(f64);

impl Quantity for Carbon {
    const KIND: &'static str = "mass of carbon";
    const UNITS: &'static [UnitName] = &[
        UnitName {
            name: "t",
            factor: 1.0,
        },
        UnitName {
            name: "kg",
            factor: 1e-3,
        },
        UnitName {
            name: "kt",
            factor: 1e3,
        },
        UnitName {
            name: "Mt",
            factor: 1e6,
        },
    ];
    fn from_base(value: f64) -> Self {
        Self(value)
    }
    fn base(self) -> f64 {
        self.0
    }
}

/// Difference of two temperatures [K].
#[derive(Debug, Clone, Copy)]
pub(crate) struct TemperatureSpan(f64);

impl Quantity for TemperatureSpan {
    const KIND: &'static str = "temperature difference";
    const UNITS: &'static [UnitName] = &[UnitName {
        name: "K",
        factor: 1.0,
    }];
    fn from_base(value: f64) -> Self {
        Self(value)
    }
    fn base(self) -> f64 {
        self.0
    }
}

/// Span of time that is not rounded to whole milliseconds [ms].
#[derive(Debug, Clone, Copy)]
pub(crate) struct FineDuration(f64);

impl Quantity for FineDuration {
    const KIND: &'static str = "duration";
    const UNITS: &'static [UnitName] = &[
        UnitName {
            name: "ms",
            factor: 1.0,
        },
        UnitName {
            name: "µs",
            factor: 1e-3,
        },
        UnitName {
            name: "us",
            factor: 1e-3,
        },
        UnitName {
            name: "s",
            factor: 1e3,
        },
    ];
    fn from_base(value: f64) -> Self {
        Self(value)
    }
    fn base(self) -> f64 {
        self.0
    }
}
