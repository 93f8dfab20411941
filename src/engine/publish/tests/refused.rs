//! Folders that are never published to, and machines that fail.

use super::*;

#[track_caller]
fn refused(target: &Target, words: &str) {
    let error = open(target).err().unwrap();
    assert_eq!(error.kind, Kind::Refused, "{error}");
    assert!(error.cause.contains(words), "{error}");
    assert!(!error.fix.is_empty());
}

fn to(project: &Project, output: impl Into<PathBuf>) -> Target {
    Target {
        output: output.into(),
        ..project.target()
    }
}

#[test]
fn folders_that_are_or_hold_something_else() {
    let project = Project::new();
    let above = project.folder.path().parent().unwrap();
    refused(&to(&project, "."), "it is the project's folder");
    refused(&to(&project, above), "it contains the project's folder");
    refused(&to(&project, "/"), "the root of the file system");
    refused(&to(&project, "content"), "it is the input folder");
    refused(
        &to(&project, "content/public"),
        "it lies inside the input folder",
    );
    refused(
        &to(&project, "themes/new/public"),
        "it lies inside the input folder",
    );
    refused(
        &to(&project, "missing/../content"),
        "it is the input folder",
    );
    refused(
        &to(&project, "../../../../../../../.."),
        "the root of the file system",
    );
    refused(&to(&project, ".silabus"), "it is `.silabus`");
    refused(&to(&project, ".silabus/x"), "it lies inside `.silabus`");
    assert_eq!(names(project.folder.path()), ["content"]);
}

#[test]
fn a_folder_that_contains_an_input() {
    let project = Project::new();
    let target = Target {
        inputs: vec!["src/content".into()],
        ..to(&project, "src")
    };
    refused(&target, "it contains the input folder `src/content`");
}

#[test]
fn a_sibling_whose_name_begins_alike_is_fine() {
    let project = Project::new();
    assert!(open(&to(&project, "content-public")).is_ok());
}

#[test]
fn the_home_folder() {
    let project = Project::new();
    let home = tempfile::tempdir().unwrap();
    let inner = home.path().join("me");
    fs::create_dir(&inner).unwrap();
    for (output, how) in [(&inner, "is"), (&home.path().to_owned(), "contains")] {
        let target = Target {
            home: Some(inner.clone()),
            ..to(&project, output)
        };
        refused(&target, &format!("it {how} your home folder"));
    }
    let target = Target {
        home: Some(inner.clone()),
        ..to(&project, inner.join("public"))
    };
    assert!(open(&target).is_ok());
}

#[test]
fn symlinks_to_such_places() {
    let project = Project::new();
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, project.path(name)).unwrap();
    };
    link("content", "one");
    link(".", "two");
    link("nowhere", "three");
    refused(&to(&project, "one"), "it is the input folder");
    refused(
        &to(&project, "one/deep/public"),
        "it lies inside the input folder",
    );
    refused(&to(&project, "two"), "it is the project's folder");
    refused(&to(&project, "two/content"), "it is the input folder");
    refused(&to(&project, "three"), "a symlink to nothing");
}

#[test]
fn a_file_in_the_way() {
    let project = Project::new();
    project.put("public", "a file");
    refused(&project.target(), "a file of that name");
    refused(&to(&project, "public/deeper"), "is a file, not a folder");
    assert_eq!(
        fs::read_to_string(project.path("public")).unwrap(),
        "a file"
    );
}

#[test]
fn a_folder_with_somebodys_work() {
    let project = Project::new();
    project.put("public/thesis.odt", "years");
    refused(&project.target(), "such as `thesis.odt`");
    project.put("public/.silabus-manifest.json", "{}");
    refused(
        &project.target(),
        "a manifest that this version cannot read",
    );
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_machine_that_fails_is_told_with_path_and_cause() {
    let project = Project::new();
    let error = open(&to(&project, "/proc/silabus/public")).err().unwrap();
    assert_eq!((error.kind, error.kind.exit_code()), (Kind::Machine, 3));
    assert!(error.cause.contains("/proc/silabus"), "{error}");
    assert!(error.diagnostic().is_error());
}

#[test]
fn each_fault_has_its_fix() {
    let fix = |errno: Errno| PublishError::machine("write", Path::new("x"), errno).fix;
    assert!(fix(Errno::NOSPC).contains("free some space"));
    assert!(fix(Errno::ACCESS).contains("allow this user"));
    assert!(fix(Errno::MFILE).contains("ulimit"));
    assert!(fix(Errno::IO).contains("check the disk"));
}
