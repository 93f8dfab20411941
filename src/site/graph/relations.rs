//! What pages have to do with each other beyond what their own front matter says: the courses of
//! a career, the careers of a skill.

use super::{PageId, Role, Site, needs, role};
use crate::content::kinds::career;
use crate::site::{Entity, references};

/// Whether a page has to do with the page `id` of the kind that `field` refers to, where its own
/// front matter has no such field; none where this is no such question.
pub fn holds(site: &Site, entity: &Entity, field: &str, id: &str) -> Option<bool> {
    let of = |kind: &str| references::named(site, kind, entity.lang, id);
    let other = |kind: &str, fits: &dyn Fn(PageId) -> bool| Some(of(kind).is_some_and(fits));
    match (role(site, entity), field) {
        (Role::Course, "careers") => other("career", &|career| serves(entity, site.entity(career))),
        (Role::Career, "courses") => other("course", &|course| serves(site.entity(course), entity)),
        (Role::Career, "skills") => Some(has_skill(entity, id)),
        (Role::Skill, "careers") => other("career", &|career| {
            has_skill(site.entity(career), &entity.id)
        }),
        (Role::Skill, "courses") => other("course", &|course| {
            site.entity(course).record.holds("skills", &entity.id)
        }),
        (Role::Person, "courses") => other("course", &|course| {
            site.entity(course).record.holds("instructors", &entity.id)
        }),
        _ => None,
    }
}

/// Whether a course leads towards a career: its path names the course, or the course teaches a
/// skill that the career needs.
pub(super) fn serves(course: &Entity, career: &Entity) -> bool {
    needs(&career.record).any(|(reference, _)| match Role::of(&reference.kind) {
        Role::Course => *reference.id == *course.id,
        Role::Skill => course.record.holds("skills", &reference.id),
        _ => false,
    })
}

fn has_skill(career: &Entity, skill: &str) -> bool {
    let mut groups = career.record.tables("skill_groups");
    groups.any(|(group, _)| career::skills_of(group).any(|(own, ..)| *own.id == *skill))
}
