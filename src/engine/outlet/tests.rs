//! Two builds of one site, one of which read before the other published.

use super::*;
use crate::base::SitePath;
use crate::site::view::Trace;
use crate::world::MemoryWorld;

fn publish(outlet: PublishOutlet, config: &Config, text: &str) -> Option<Kind> {
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let target = Target {
        path: "index.html".into(),
        recipe: crate::output::Recipe::Ready(bytes.clone()),
        turn: Turn::Page,
    };
    if outlet.open(config).is_ok() {
        let trace = Trace::new();
        outlet.put(&target, &Artifact { bytes, trace }).unwrap();
    }
    let failure = outlet.failure();
    outlet.commit().unwrap();
    failure
}

#[test]
fn what_was_read_before_another_published_is_not_put_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let settings = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n";
    let mut world = MemoryWorld::new();
    world.insert(SitePath::new("silabus.toml").unwrap(), settings);
    let config = config::read(settings, Severity::Error).value;
    let begun = || {
        let outlet = PublishOutlet::new(PublishSettings {
            root: root.clone(),
            ..PublishSettings::default()
        });
        outlet.begin(&world);
        outlet
    };
    let (old, new) = (begun(), begun());
    assert_eq!(publish(new, &config, "new"), None);
    assert_eq!(publish(old, &config, "old"), Some(Kind::Outrun));
    // One after the other is as it always was, and so is one that changes nothing.
    let (same, next) = (begun(), begun());
    assert_eq!(publish(same, &config, "new"), None);
    assert_eq!(publish(next, &config, "next"), None);
    // Settings that lead elsewhere by now were not looked at before.
    let elsewhere = format!("{settings}output_dir = \"situs\"\n");
    let elsewhere = config::read(&elsewhere, Severity::Error).value;
    let (first, second, other) = (begun(), begun(), begun());
    assert_eq!(publish(first, &elsewhere, "first"), None);
    assert_eq!(publish(second, &elsewhere, "second"), Some(Kind::Outrun));
    assert_eq!(publish(other, &config, "other"), None);
}
