//! Plain pages: whatever lies in no folder of another kind.

use super::{Kind, common};

/// The kind `page`.
pub fn kind() -> Kind {
    Kind {
        name: "page".into(),
        folder: "".into(),
        path: "/{path}/".into(),
        template: "page.html".into(),
        fields: common::fields(),
        check: common::check,
    }
}
