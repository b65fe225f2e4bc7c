//! Findings as JSON, for editors and other programs.

use serde_json::{Value, json};

use crate::collection::Diagnostics;

/// All findings as one JSON value.
pub fn render_json(diagnostics: &Diagnostics, folder: &str) -> Value {
    json!({
        "folder": folder,
        "errors": diagnostics.errors(),
        "warnings": diagnostics.warnings(),
        "diagnostics": diagnostics.iter().collect::<Vec<_>>(),
        "repeated": diagnostics.repeated().collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Diagnostic, Location};

    #[test]
    fn a_finding_keeps_every_field_in_json() {
        let mut all = Diagnostics::new();
        all.push(
            Diagnostic::error("unit", "`4 MWh` is not a power")
                .at(Location::span("sites.csv", "id,hall_it\na,4 MWh\n", 13..18)
                    .row(1)
                    .field("hall_it")
                    .value("4 MWh"))
                .expected("W, kW, MW or GW")
                .hint("write `4 MW`"),
        );
        insta::assert_json_snapshot!(render_json(&all, "example"), @r#"
        {
          "diagnostics": [
            {
              "code": "unit",
              "expected": "W, kW, MW or GW",
              "hint": "write `4 MW`",
              "location": {
                "column": 3,
                "field": "hall_it",
                "file": "sites.csv",
                "line": 2,
                "row": 1,
                "value": "4 MWh"
              },
              "message": "`4 MWh` is not a power",
              "severity": "error"
            }
          ],
          "errors": 1,
          "folder": "example",
          "repeated": [],
          "warnings": 0
        }
        "#);
    }
}
