//! Plain pages: whatever lies in no folder of another kind.

use super::{Kind, common};
use crate::data::Record;

/// The kind `page`.
pub fn kind() -> Kind {
    Kind {
        name: "page".into(),
        folder: "".into(),
        path: "/{path}/".into(),
        template: "page.html".into(),
        fields: common::fields(),
        defaults: Record::default(),
        check: common::check,
    }
}
