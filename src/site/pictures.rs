//! Pictures as answers: what is known of them, and what is to be made of them.
//!
//! A render asks, and learns sizes and addresses from headers alone. What it asked stands in its
//! trace, and from the traces of all renders follows what has to be made: nothing is decoded
//! while a page waits, but for a placeholder's colour.

mod trial;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Question;
use super::address::decode;
use super::view::Shared;
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::config::ImagesConfig;
use crate::picture::{
    self, Budget, Colour, Encoding, FILE_LIMIT, Facts, Fault, Format, NoStore, Op, Spec, Store,
};
use crate::world::text::read_diagnostic;
use crate::world::{ReadFault, Stamp, World};

/// What is wanted of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// Its size and format.
    Facts,
    /// All that a responsive picture needs.
    Set,
    /// One result.
    One {
        /// Its size.
        op: Op,
        /// The name of its format, `auto` for the picture's own.
        format: &'static str,
        /// Its quality.
        quality: Option<u8>,
    },
}

/// A picture that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its file.
    pub source: SitePath,
    /// What its header says.
    pub facts: Facts,
    /// The colour that stands in its place, where that was asked for.
    pub colour: Option<Colour>,
}

/// A picture, or why there is none.
pub type Found = Result<Picture, Fault>;

/// One file to be made of a picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wish {
    /// The picture's file.
    pub source: SitePath,
    /// Its path below the output folder.
    pub path: Box<str>,
    /// Stands for the picture's bytes.
    pub print: Fingerprint,
    /// What is made of them.
    pub spec: Spec,
}

/// What builds share about pictures: nothing in it decides on any byte of a site.
pub struct Pictures {
    /// Who decodes, holds a part of it.
    pub budget: Budget,
    /// Results of earlier runs.
    pub store: Arc<dyn Store>,
    /// Headers by file, believed while the stamp is the same.
    headers: Mutex<Map<SitePath, (Stamp, Header)>>,
    colours: Mutex<Map<Fingerprint, Option<Colour>>>,
    /// What pages ask for, by path: a browser may ask for it at any time.
    wishes: Mutex<Map<Box<str>, Wish>>,
    trial: Mutex<trial::Trial>,
}

pub(super) type Header = Arc<Result<Facts, Fault>>;

/// Headers read for one build.
pub(super) type Seen = Mutex<Map<SitePath, Header>>;

impl Default for Pictures {
    fn default() -> Self {
        Self::new(Arc::new(NoStore))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Entries are inserted whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pictures {
    /// With results of earlier runs.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            budget: Budget::default(),
            store,
            headers: Mutex::default(),
            colours: Mutex::default(),
            wishes: Mutex::default(),
            trial: Mutex::default(),
        }
    }

    /// What is to be made at this path, if a page asks for it.
    pub fn wish(&self, path: &str) -> Option<Wish> {
        lock(&self.wishes).get(path).cloned()
    }

    /// Forgets what no page asks for any more.
    pub fn keep_wishes(&self, asked: impl Fn(&str) -> bool) {
        lock(&self.wishes).retain(|path, _| asked(path));
    }

    pub(super) fn header(&self, world: &dyn World, path: &SitePath) -> Header {
        let stamp = world.stamp(path);
        if let Some((known, header)) = lock(&self.headers).get(path)
            && stamp == Some(*known)
        {
            return header.clone();
        }
        let header = Arc::new(read(world, path).and_then(|bytes| Facts::read(&bytes)));
        if let Some(stamp) = stamp {
            lock(&self.headers).insert(path.clone(), (stamp, header.clone()));
        }
        header
    }

    /// The colour of a picture: known, kept from an earlier run, or found by decoding.
    fn colour(
        &self,
        world: &dyn World,
        path: &SitePath,
        facts: &Facts,
    ) -> Result<Option<Colour>, Fault> {
        if let Some(known) = lock(&self.colours).get(&facts.print) {
            return Ok(*known);
        }
        let key = colour_key(facts);
        let colour = match self.store.get(key).as_deref() {
            Some([red, green, blue]) => Some(Colour([*red, *green, *blue])),
            Some([]) => None,
            _ => {
                let bytes = read(world, path)?;
                if Fingerprint::of(&bytes) != facts.print {
                    return Err(Fault::Changed);
                }
                let colour = picture::colour(&bytes, facts, &self.budget)?;
                self.store
                    .put(key, colour.as_ref().map_or(&[], |colour| &colour.0));
                colour
            }
        };
        lock(&self.colours).insert(facts.print, colour);
        Ok(colour)
    }
}

fn colour_key(facts: &Facts) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher.text("colour").number(u64::from(picture::VERSION));
    hasher.print(facts.print).finish()
}

/// The bytes of a picture's file.
pub fn read(world: &dyn World, path: &SitePath) -> Result<Vec<u8>, Fault> {
    world.read(path, FILE_LIMIT).map_err(|error| {
        Fault::Unread(match error.reason {
            ReadFault::Missing => format!("there is no picture {path}").into(),
            ReadFault::TooLarge(size) => format!(
                "{path} has {} MB; pictures may have {}",
                size >> 20,
                FILE_LIMIT >> 20
            )
            .into(),
            _ => read_diagnostic(&error).message.into(),
        })
    })
}

/// The answer to a question about the picture that a text or template names by `written`.
pub(super) fn find(shared: &Shared, written: &str, wanted: Wanted) -> Found {
    let (source, header) = locate(shared, written)?;
    let facts = Result::clone(&header)?;
    let colour =
        if wanted == Wanted::Set && facts.can_be_resized() && shared.site.config.images.placeholder
        {
            shared.pictures.colour(&*shared.world, &source, &facts)?
        } else {
            None
        };
    let found = Picture {
        source,
        facts,
        colour,
    };
    let mut known = lock(&shared.pictures.wishes);
    for wish in wishes_of(&shared.site.config.images, &found, wanted) {
        known.entry(wish.path.clone()).or_insert(wish);
    }
    drop(known);
    Ok(found)
}

/// The file behind a path: from the site's root, or from one of the folders that templates think
/// of; or the file that is published at an address.
fn locate(shared: &Shared, written: &str) -> Result<(SitePath, Header), Fault> {
    let mut first = None;
    for path in candidates(shared, written) {
        let header = shared.header(&path);
        if !matches!(&*header, Err(Fault::Unread(_))) {
            return Ok((path, header));
        }
        first.get_or_insert((path, header));
    }
    first.ok_or_else(|| Fault::Unread(format!("there is no picture {written}").into()))
}

fn candidates(shared: &Shared, written: &str) -> Vec<SitePath> {
    let config = &shared.site.config;
    if let Some(inside) = written.strip_prefix("@/") {
        return SitePath::new("content")
            .and_then(|root| root.join(inside))
            .into_iter()
            .collect();
    }
    let below = written.strip_prefix(&*config.base_url).or_else(|| {
        let inside = written.strip_prefix(&*config.base_path)?;
        inside.starts_with('/').then_some(inside)
    });
    let mut found = Vec::new();
    if let Some(output) = below {
        let output = decode(output.trim_start_matches('/'));
        found.extend(shared.published(&output).cloned());
    }
    let plain = below.unwrap_or(written).trim_start_matches('/');
    let theme = config
        .theme
        .as_deref()
        .map(|theme| format!("themes/{theme}/static"));
    let folders = ["", "static", "content"]
        .into_iter()
        .chain(theme.as_deref());
    let paths = folders.filter_map(|folder| match folder {
        "" => SitePath::new(plain),
        folder => SitePath::new(folder)?.join(plain),
    });
    found.extend(paths);
    found
}

/// The files that a question of a trace wants to be made.
pub fn wishes(shared: &Shared, question: &Question) -> Vec<Wish> {
    let Question::Picture { path, wanted } = question else {
        return Vec::new();
    };
    // Nothing is made of what is no picture: who asked was told so.
    find(shared, path, *wanted).map_or_else(
        |_| Vec::new(),
        |found| wishes_of(&shared.site.config.images, &found, *wanted),
    )
}

fn wishes_of(config: &ImagesConfig, found: &Picture, wanted: Wanted) -> Vec<Wish> {
    let specs = match wanted {
        Wanted::Facts => Vec::new(),
        Wanted::Set => Set::of(config, &found.facts)
            .map(|set| set.specs())
            .unwrap_or_default(),
        Wanted::One {
            op,
            format,
            quality,
        } => spec(op, format, quality, &found.facts)
            .into_iter()
            .collect(),
    };
    specs.into_iter().map(|spec| wish(found, spec)).collect()
}

/// A result of a picture.
pub fn wish(found: &Picture, spec: Spec) -> Wish {
    Wish {
        path: picture::output_path(found.source.stem(), &found.facts, spec).into(),
        source: found.source.clone(),
        print: found.facts.print,
        spec,
    }
}

/// What a template asked for, of this picture; none where that cannot be made.
pub fn spec(op: Op, format: &str, quality: Option<u8>, facts: &Facts) -> Option<Spec> {
    if facts.format == Format::Svg || picture::plan(op, facts.width, facts.height).is_err() {
        return None;
    }
    Some(Spec {
        op,
        encoding: Encoding::from_words(format, quality, facts.format)?,
    })
}

/// What is made of a picture in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// For browsers that know newer formats, the best first: of each, all widths.
    pub sources: Vec<Vec<Spec>>,
    /// For all others: one of the picture's own format.
    pub plain: Spec,
}

/// The widest result in a picture's own format: only old browsers show it.
const PLAIN_WIDTH: u32 = 1_200;

impl Set {
    /// For a picture; none for one that is shown as it is.
    pub fn of(config: &ImagesConfig, facts: &Facts) -> Option<Self> {
        if !facts.can_be_resized() {
            return None;
        }
        let widest = config.widths.last().copied().unwrap_or(facts.width);
        let mut widths: Vec<u32> = config
            .widths
            .iter()
            .copied()
            .filter(|width| *width < facts.width)
            .collect();
        if facts.width <= widest {
            widths.push(facts.width);
        }
        let all = |encoding| {
            let spec = |width: &u32| Spec {
                op: Op::FitWidth(*width),
                encoding,
            };
            widths.iter().map(spec).collect()
        };
        let quality = config.quality;
        let mut sources: Vec<Vec<Spec>> = Vec::new();
        if config.avif && cfg!(feature = "avif") {
            sources.push(all(Encoding::Avif(quality)));
        }
        sources.push(all(Encoding::Webp(quality)));
        let plain = widths
            .iter()
            .copied()
            .filter(|width| *width <= PLAIN_WIDTH)
            .max();
        let plain = Spec {
            op: Op::FitWidth(plain.or(widths.first().copied())?),
            encoding: match facts.format {
                Format::Jpeg => Encoding::Jpeg(quality),
                Format::Webp => Encoding::Webp(quality),
                _ => Encoding::Png,
            },
        };
        Some(Self { sources, plain })
    }

    fn specs(&self) -> Vec<Spec> {
        let mut specs: Vec<Spec> = self
            .sources
            .iter()
            .flatten()
            .copied()
            .chain([self.plain])
            .collect();
        specs.sort_unstable();
        specs.dedup();
        specs
    }
}
