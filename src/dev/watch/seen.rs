//! The kernel's events, reduced to what matters here.

use std::path::PathBuf;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind};

/// Something that happened to a file or folder, by its real path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Its bytes were written.
    Written(PathBuf),
    /// It came, or changed in another way than by its bytes.
    Came(PathBuf),
    /// It is no longer there under this path, or not the same.
    Left(PathBuf),
    /// The kernel lost count.
    Lost,
}

/// What an event says. Reading, opening and closing says nothing, else every build would start
/// the next one.
pub(super) fn reduce(event: notify::Result<Event>) -> Vec<Seen> {
    let Ok(event) = event else {
        return vec![Seen::Lost];
    };
    if event.need_rescan() {
        return vec![Seen::Lost];
    }
    let Some(kind) = kind_of(event.kind) else {
        return Vec::new();
    };
    event.paths.into_iter().map(kind).collect()
}

fn kind_of(kind: EventKind) -> Option<fn(PathBuf) -> Seen> {
    match kind {
        // A file that was written through a map of memory tells only by its closing.
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Data(_)) => Some(Seen::Written),
        // Told before as one that left and one that came.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => None,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
            Some(Seen::Came)
        }
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(Seen::Left),
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => Some(Seen::Came),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};

    fn seen(kind: EventKind) -> Vec<Seen> {
        reduce(Ok(Event::new(kind).add_path("/s/a".into())))
    }

    #[test]
    fn reading_says_nothing() {
        for kind in [
            AccessKind::Open(AccessMode::Any),
            AccessKind::Read,
            AccessKind::Close(AccessMode::Read),
            AccessKind::Any,
        ] {
            assert_eq!(seen(EventKind::Access(kind)), []);
        }
    }

    #[test]
    fn changes_are_told_apart() {
        let path = || PathBuf::from("/s/a");
        let data = ModifyKind::Data(DataChange::Any);
        assert_eq!(seen(EventKind::Modify(data)), [Seen::Written(path())]);
        let closed = AccessKind::Close(AccessMode::Write);
        assert_eq!(seen(EventKind::Access(closed)), [Seen::Written(path())]);
        let metadata = ModifyKind::Metadata(MetadataKind::Any);
        for kind in [
            EventKind::Create(CreateKind::Folder),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
            EventKind::Modify(metadata),
            EventKind::Any,
        ] {
            assert_eq!(seen(kind), [Seen::Came(path())]);
        }
        for kind in [
            EventKind::Remove(RemoveKind::File),
            EventKind::Modify(ModifyKind::Name(RenameMode::From)),
            EventKind::Modify(ModifyKind::Name(RenameMode::Any)),
        ] {
            assert_eq!(seen(kind), [Seen::Left(path())]);
        }
    }

    #[test]
    fn overflow_and_errors_lose_count() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(reduce(Ok(overflow)), [Seen::Lost]);
        assert_eq!(reduce(Err(notify::Error::generic("x"))), [Seen::Lost]);
    }
}
