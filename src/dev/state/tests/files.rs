//! Pictures that are damaged, and files that nobody may read.

use super::*;

/// What a build would say about pictures is said although nothing is made of them yet.
#[test]
fn a_damaged_picture_is_told_and_gone_once_mended() {
    let shows = "{% set small = resize_image(path=\"static/foto.png\", width=8, op=\"fit_width\") %}{{ small.url | safe }}";
    let picture = |colour: u8| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let pixels =
            image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([colour, x as u8, y as u8]));
        pixels
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    let put = |desk: &Desk, bytes: &[u8]| {
        let mut files = desk.files.0.write().unwrap();
        files.insert(path("static/foto.png"), bytes);
    };
    let tries = |desk: &Desk| {
        let next = || desk.engine.pictures().try_next(&desk.files);
        std::iter::from_fn(next).flatten().collect::<Vec<_>>()
    };
    let address = |desk: &Desk| {
        let page = desk.shows("b/index.html");
        page.trim_start_matches("https://a.example/").to_owned()
    };
    let whole = picture(1);
    put(&desk, &whole);
    desk.save(&[("templates/page.html", shows)]);
    assert_eq!(tries(&desk), []);
    let first = address(&desk);
    assert!(matches!(desk.state().file(&first), Served::File(_)));

    put(&desk, &whole[..whole.len() / 2]);
    desk.save(&[]);
    assert!(!desk.last.failed());
    assert!(matches!(
        desk.state().file(&address(&desk)),
        Served::Broken(_)
    ));
    assert_eq!(tries(&desk), [path("static/foto.png")]);
    desk.save(&[]);
    let said = &desk.state().problems()[0];
    assert_eq!(
        (&*said.code, &*said.file),
        ("picture-broken", "static/foto.png")
    );
    assert!(
        said.message.starts_with("static/foto.png is damaged"),
        "{}",
        said.message
    );
    assert_eq!(desk.state().problems().len(), 1);
    assert_eq!(tries(&desk), []);

    put(&desk, &picture(2));
    desk.save(&[]);
    assert_eq!(desk.state().problems(), []);
    assert_eq!(tries(&desk), []);
    // What no page names any more is served no more.
    assert!(matches!(
        desk.state().file(&address(&desk)),
        Served::File(_)
    ));
    assert_ne!(address(&desk), first);
    assert!(matches!(desk.state().file(&first), Served::Missing));
}

#[test]
fn pages_in_a_folder_that_nobody_may_read_stay() {
    let inside = "---\ntitle: Dasar\n---\nIsi.\n";
    let mut desk = Desk::new(&[
        ("content/a.md", GOOD),
        ("content/kelas/_index.md", ""),
        ("content/kelas/dasar.md", inside),
        ("content/kelas/silabus.txt", "Teks"),
    ]);
    let (page, list) = (
        desk.shows("kelas/dasar/index.html"),
        desk.shows("kelas/index.html"),
    );
    assert!(page.contains("Isi.") && list.contains("Dasar"));
    *desk.files.1.write().unwrap() = Some(path("content/kelas"));
    for _ in 0..2 {
        assert_eq!(desk.save(&[]), NONE);
        let said = &desk.state().problems()[0];
        assert_eq!(
            (&*said.code, &*said.file),
            ("file-forbidden", "content/kelas")
        );
        assert_eq!(desk.shows("kelas/dasar/index.html"), page);
        assert_eq!(desk.shows("kelas/index.html"), list);
    }
    // Others are written meanwhile.
    desk.save(&[("content/a.md", &GOOD.replace("Isi A.", "Isi baru."))]);
    assert!(desk.shows("a/index.html").contains("Isi baru."));
    *desk.files.1.write().unwrap() = None;
    let new = inside.replace("Isi.", "Lain.");
    desk.save(&[("content/kelas/dasar.md", &new)]);
    assert!(!desk.last.failed());
    assert!(desk.shows("kelas/dasar/index.html").contains("Lain."));
}
