//! Which folders are never an output folder.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::Target;
use super::error::PublishError;

const ELSEWHERE: &str = "choose another folder with --output-dir, such as `public`";

/// The folder of the pictures and notes that builds leave for one another.
const OWN: &str = ".silabus";

/// The real path of the output folder, which need not exist yet; an error where publishing
/// could destroy what is not a site.
pub(super) fn output_folder(target: &Target) -> Result<PathBuf, PublishError> {
    let root = settle(&target.project_root)?;
    let output = settle(&root.join(&target.output))?;
    let refuse = |why: String| {
        let cause = format!("`{}` cannot be the output folder: {why}", output.display());
        Err(PublishError::refused(&output, cause, ELSEWHERE))
    };
    if output.file_name().is_none() {
        return refuse("it is the root of the file system".to_owned());
    }
    if output.exists() && !output.is_dir() {
        return refuse("a file of that name is there".to_owned());
    }
    if let Some(how) = covers(&output, &root) {
        return refuse(format!("it {how} the project's folder"));
    }
    if let Some(home) = &target.home
        && let Some(how) = covers(&output, &settle(home)?)
    {
        return refuse(format!("it {how} your home folder"));
    }
    if let Some(how) = touches(&output, &settle(&root.join(OWN))?) {
        return refuse(format!(
            "it {how} `{OWN}`, where silabus keeps its own files"
        ));
    }
    for input in &target.inputs {
        if let Some(how) = touches(&output, &settle(&root.join(input))?) {
            return refuse(format!("it {how} the input folder `{}`", input.display()));
        }
    }
    Ok(output)
}

fn covers(output: &Path, other: &Path) -> Option<&'static str> {
    match output {
        _ if output == other => Some("is"),
        _ if other.starts_with(output) => Some("contains"),
        _ => None,
    }
}

fn touches(output: &Path, input: &Path) -> Option<&'static str> {
    covers(output, input).or_else(|| output.starts_with(input).then_some("lies inside"))
}

/// The real path: symlinks followed as far as it exists, the rest in normal form.
fn settle(path: &Path) -> Result<PathBuf, PublishError> {
    for existing in path.ancestors() {
        let real = match existing.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                refuse_dangling(existing)?;
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => continue,
            other => other.map_err(|error| PublishError::machine("find", path, error))?,
        };
        let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
        if rest != Path::new("") && !real.is_dir() {
            let cause = format!("`{}` is a file, not a folder", real.display());
            return Err(PublishError::refused(&real, cause, ELSEWHERE));
        }
        let climbs = rest.components().any(|part| part == Component::ParentDir);
        let normal = rest.components().fold(real, step);
        // A path that climbed may have come upon another symlink.
        return if climbs { settle(&normal) } else { Ok(normal) };
    }
    let missing = io::Error::from(io::ErrorKind::NotFound);
    Err(PublishError::machine("find", path, missing))
}

fn step(mut path: PathBuf, part: Component<'_>) -> PathBuf {
    match part {
        Component::ParentDir => drop(path.pop()),
        Component::Normal(name) => path.push(name),
        _ => {}
    }
    path
}

fn refuse_dangling(path: &Path) -> Result<(), PublishError> {
    if !path.is_symlink() {
        return Ok(());
    }
    let cause = format!("`{}` is a symlink to nothing", path.display());
    let fix = "remove the symlink, or make the folder it points to";
    Err(PublishError::refused(path, cause, fix))
}
