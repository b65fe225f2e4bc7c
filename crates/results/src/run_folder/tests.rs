use super::*;
use crate::Cell;

fn manifest(created: &str) -> Manifest {
    Manifest::new("0.1.0", "test", 7, "angara run test --seed 7", created)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs_err::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn one_run(target: &Path, text: &str) -> Result<PathBuf, ResultsError> {
    let mut run = RunFolder::create(target)?;
    run.write_input("scenario.yaml", b"format: 1\n")?;
    run.write_table(&Table::new("t").real("x", "1", "", vec![1.0]))?;
    run.write("report.html", text.as_bytes())?;
    run.commit(&manifest("2026-01-01T00:00:00Z"))
}

#[test]
fn a_committed_run_holds_every_file_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("deep/run");
    let path = one_run(&target, "page").unwrap();
    assert_eq!(
        names(&path),
        ["manifest.json", "report.html", "scenario", "tables"]
    );
    assert_eq!(names(path.parent().unwrap()), ["run"]);
    let manifest = Manifest::read(&path).unwrap();
    let outputs: Vec<_> = manifest.outputs.iter().map(|file| &file.path).collect();
    assert_eq!(outputs, ["report.html", "tables/t.parquet"]);
    assert_eq!(manifest.inputs[0].path, "scenario.yaml");
    assert_eq!(crate::check_run(&path).unwrap(), []);
}

#[test]
fn a_dropped_run_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = RunFolder::create(&folder.path().join("run")).unwrap();
    run.write("report.html", b"page").unwrap();
    drop(run);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_failing_step_leaves_the_earlier_run_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("run");
    one_run(&target, "first").unwrap();
    let mut run = RunFolder::create(&target).unwrap();
    run.write("report.html", b"second").unwrap();
    let mut broken = manifest("now");
    broken.residuals.push(crate::Residual {
        name: "energy".into(),
        value: f64::NAN,
        limit: 1e-9,
    });
    assert!(run.commit(&broken).is_err());
    assert_eq!(fs_err::read(target.join("report.html")).unwrap(), b"first");
    assert_eq!(names(folder.path()), ["run"]);
}

#[test]
fn an_earlier_run_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("run");
    one_run(&target, "first").unwrap();
    fs_err::write(target.join("note.txt"), "mine").unwrap();
    one_run(&target, "second").unwrap();
    assert_eq!(fs_err::read(target.join("report.html")).unwrap(), b"second");
    assert!(!target.join("note.txt").exists());
    assert_eq!(names(folder.path()), ["run"]);
}

#[test]
fn an_empty_folder_is_taken_and_any_other_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("run");
    fs_err::create_dir_all(&target).unwrap();
    one_run(&target, "page").unwrap();

    let photos = folder.path().join("photos");
    fs_err::create_dir_all(&photos).unwrap();
    fs_err::write(photos.join("manifest.json"), "{\"name\": \"web page\"}").unwrap();
    assert!(matches!(
        RunFolder::create(&photos),
        Err(ResultsError::Occupied { .. })
    ));

    let file = folder.path().join("file");
    fs_err::write(&file, "x").unwrap();
    assert!(matches!(
        RunFolder::create(&file),
        Err(ResultsError::Occupied { .. })
    ));
    assert_eq!(names(folder.path()), ["file", "photos", "run"]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(folder.path(), &link).unwrap();
    assert!(matches!(
        RunFolder::create(&link),
        Err(ResultsError::Occupied { .. })
    ));
}

#[test]
fn a_name_that_leaves_the_folder_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = RunFolder::create(&folder.path().join("run")).unwrap();
    for name in [
        "../escaped",
        "/tmp/escaped",
        "a/../../escaped",
        "manifest.json",
    ] {
        assert!(
            matches!(run.write(name, b"x"), Err(ResultsError::Name { .. })),
            "{name}"
        );
    }
    assert_eq!(names(run.staging()), Vec::<String>::new());
    assert!(!folder.path().join("escaped").exists());
}

#[test]
fn a_table_written_in_pieces_reads_as_one_and_belongs_to_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = RunFolder::create(&folder.path().join("run")).unwrap();
    let like = Table::new("t")
        .real("x", "W", "power", [])
        .optional_text("name", "", "name", []);
    let start = |run: &RunFolder, name: &str| run.start_table(name, &like).unwrap();
    let mut table = start(&run, "raw-output/0/seed=0/t.parquet");
    // More than are kept at once.
    let rows = 20_000;
    for row in 0..rows {
        let name = if row == 1 {
            Cell::Empty
        } else {
            Cell::Text("a")
        };
        table.push(&[Cell::Real(f64::from(row)), name]).unwrap();
    }
    run.take(table.finish().unwrap());
    let path = run.commit(&manifest("now")).unwrap();
    assert_eq!(crate::check_run(&path).unwrap(), []);
    let table = crate::read_table(&path.join("raw-output/0/seed=0/t.parquet")).unwrap();
    let written = table.reals("x").unwrap();
    assert!(written.iter().copied().eq((0..rows).map(f64::from)));
    assert_eq!(
        table.optional_texts("name").unwrap()[..3],
        [Some("a".to_owned()), None, Some("a".to_owned())]
    );
    assert_eq!(table.get("x").unwrap().unit, "W");
}

#[test]
fn a_row_that_its_table_cannot_hold_is_refused_by_column_and_row() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunFolder::create(&folder.path().join("run")).unwrap();
    let like = Table::new("t").real("x", "W", "power", []);
    for (cells, problem) in [
        (
            &[Cell::Real(f64::NAN)][..],
            "table t.parquet: column x, row 1: not a finite number",
        ),
        (&[Cell::Empty], "table t.parquet: column x, row 1: empty"),
        (
            &[Cell::Text("a")],
            "table t.parquet: column x, row 1: a cell of another kind",
        ),
        (&[], "table t.parquet: 0 cells for 1 columns"),
    ] {
        let mut table = run.start_table("t.parquet", &like).unwrap();
        table.push(&[Cell::Real(1.0)]).unwrap();
        assert_eq!(table.push(cells).unwrap_err().to_string(), problem);
    }
}
