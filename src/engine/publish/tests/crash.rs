//! Runs that ended before they were done.

use super::*;

const OLD: &[(&str, &str)] = &[("index.html", "old"), ("a.html", "a"), ("x", "file")];
const NEW: &[(&str, &str)] = &[("index.html", "new"), ("b/c.html", "c"), ("x/y.css", "y")];

/// As a kill leaves it: the stage stays, the lock is free.
fn kill(mut publisher: Publisher) {
    publisher.remains.needed = true;
}

#[test]
fn a_dead_stage_is_removed() {
    let project = Project::new();
    project.publish(OLD);
    let publisher = open(&project.target()).unwrap();
    write_all(&publisher, NEW).unwrap();
    kill(publisher);
    project.assert_public(OLD);
    assert_eq!(project.beside().len(), 2);
    open(&project.target()).unwrap().abandon();
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_dead_stage_with_a_foreign_file_is_kept_and_told() {
    let project = Project::new();
    let publisher = open(&project.target()).unwrap();
    write_all(&publisher, NEW).unwrap();
    let stage = publisher.stage.what.clone();
    kill(publisher);
    project.put(&format!(".public.silabus-{stage}/b/mine.txt"), "mine");
    for _ in 0..2 {
        let publisher = open(&project.target()).unwrap();
        assert!(publisher.notes()[0].contains("move them where they belong"));
        publisher.abandon();
    }
    project.publish(NEW);
    project.assert_public(NEW);
    let kept = tree(&project.path(&format!(".public.silabus-{stage}")));
    assert_eq!(kept.into_keys().collect::<Vec<_>>(), ["b/mine.txt"]);
}

#[test]
fn a_folder_that_only_looks_like_a_stage_is_not_touched() {
    let project = Project::new();
    project.put(".public.silabus-stage-7/mine.txt", "mine");
    project.put(".public.silabus-stage-mine/mine.txt", "mine");
    project.publish(NEW);
    assert_eq!(
        project.beside(),
        [".public.silabus-stage-7", ".public.silabus-stage-mine"]
    );
}

#[test]
fn an_old_tree_that_was_not_removed_is_removed_by_the_next() {
    let project = Project::new();
    project.put("public/CNAME", "example.org");
    project.publish(OLD);
    let publisher = open(&project.target()).unwrap();
    write_all(&publisher, NEW).unwrap();
    let mut published = publisher.commit(phase).unwrap();
    published.old.0.needed = true;
    drop(published);
    assert_eq!(project.beside().len(), 2);
    project.publish(NEW);
    assert_eq!(project.public().len(), 4);
    assert_eq!(project.beside(), [""; 0]);
}

/// A publication file by file, stopped after the journal was written and `taken` files were put
/// in place by hand.
fn stop_after(project: &Project, taken: usize) {
    let mut publisher = open_with(&project.target(), never).unwrap();
    write_all(&publisher, NEW).unwrap();
    let new = publisher.take_staged().unwrap();
    let live = publisher.live.take().unwrap();
    let puts = publisher.puts(&new, &live, phase);
    let journal = publisher.journal(&new, &puts, false);
    assert_eq!(journal.put, ["x/y.css", "b/c.html", "index.html"]);
    assert_eq!(
        (journal.clear.clone(), journal.delete.clone()),
        (vec!["x".into()], vec!["a.html".into()])
    );
    journal.write(&publisher.remains.place).unwrap();
    let stage = project.path(&format!(".public.silabus-{}", publisher.stage.what));
    if taken > 0 {
        fs::remove_file(project.path("public/x")).unwrap();
    }
    for path in &journal.put[..taken] {
        let to = project.path("public").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(stage.join(path), to).unwrap();
    }
    kill(publisher);
}

#[test]
fn an_interrupted_journal_is_rolled_forward() {
    for taken in 0..=3 {
        let project = Project::new();
        project.put("public/.git/HEAD", "ref");
        project.publish(OLD);
        stop_after(&project, taken);
        let publisher = open(&project.target()).unwrap();
        assert!(publisher.notes()[0].contains("finished publishing"));
        publisher.abandon();
        let expected = [NEW, &[(".git/HEAD", "ref")]].concat();
        project.assert_public(&expected);
        assert_eq!(project.beside(), [""; 0]);
        assert_eq!(project.publish(NEW).unchanged, 3);
    }
}

#[test]
fn a_journal_whose_stage_is_gone_costs_one_build() {
    let project = Project::new();
    project.publish(OLD);
    stop_after(&project, 1);
    for name in project.beside() {
        if name.contains("stage") && !name.ends_with(".log") {
            fs::remove_dir_all(project.path(&name)).unwrap();
        }
    }
    project.publish(NEW);
    project.assert_public(NEW);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_journal_that_cannot_be_read_is_an_error() {
    let project = Project::new();
    project.publish(OLD);
    project.put(".public.silabus-journal", "{\"version\":99}");
    let error = project.refusal(NEW);
    assert!(error.cause.contains(".public.silabus-journal"), "{error}");
    project.assert_public(OLD);
}

#[test]
fn files_on_their_way_to_a_mount_point_are_cleared_away() {
    let project = Project::new();
    project.publish(OLD);
    project.put("public/.silabus-incoming/0", "half");
    project.put("public/.silabus-manifest.json.new", "{");
    assert!(project.publish(NEW).atomic);
    project.assert_public(NEW);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_fault_of_the_exchange_leaves_the_old_site() {
    let project = Project::new();
    project.put("public/CNAME", "example.org");
    project.publish(OLD);
    let broken: Exchange = |_, _, _| Err(Errno::IO);
    let error = try_publish(&project.target(), broken, NEW).unwrap_err();
    assert_eq!(error.kind, Kind::Machine);
    project.assert_public(&[OLD, &[("CNAME", "example.org")]].concat());
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn another_file_system_gets_copies() {
    for foreseen in [true, false] {
        publish_elsewhere(foreseen);
    }
}

fn publish_elsewhere(foreseen: bool) {
    // Only where there is another one: `/dev/shm` of Linux.
    let Ok(other) = tempfile::tempdir_in("/dev/shm") else {
        return;
    };
    let project = Project::new();
    project.publish(OLD);
    let publisher = open_with(&project.target(), never).unwrap();
    write_all(&publisher, NEW).unwrap();
    let live = folder::open(other.path()).unwrap();
    let here = folder::open(&project.path("public")).unwrap();
    assert!(!incoming::is_needed(&publisher.stage, &here).unwrap());
    let device = |folder: &OwnedFd| rustix::fs::fstat(folder).unwrap().st_dev;
    if device(&live) == device(&here) {
        return;
    }
    assert!(incoming::is_needed(&publisher.stage, &live).unwrap());
    let mut publisher = publisher;
    let new = publisher.take_staged().unwrap();
    let puts = publisher.puts(&new, &live, phase);
    if foreseen {
        incoming::bring(&publisher.stage, &live, &puts, other.path()).unwrap();
        assert_eq!(names(&other.path().join(incoming::NAME)), ["0", "1", "2"]);
    }
    let journal = publisher.journal(&new, &puts, foreseen);
    publisher.play(&journal, &live).unwrap();
    let mut files = tree(other.path());
    assert!(files.remove(manifest::NAME).is_some());
    assert_eq!(files.len(), 3);
    assert_eq!(files["x/y.css"], "y");
}
