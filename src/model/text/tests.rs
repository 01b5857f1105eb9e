use proptest::prelude::*;

use super::*;

fn cleaned(raw: &str) -> String {
    clean(raw).text
}

fn check(cases: &[(&str, &str)]) {
    for (raw, want) in cases {
        assert_eq!(cleaned(raw), *want, "{raw:?}");
        assert_eq!(cleaned(want), *want, "again, {raw:?}");
        assert_eq!(is_clean(raw), raw == want, "is_clean, {raw:?}");
    }
}

#[test]
fn line_ends_become_one() {
    // Every kind of line end, tags that break lines, edges of blocks beside each other and beside typed line ends.
    check(&[
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲_x000D_\n乙", "甲\n乙"),
        ("甲\r<b></b>\n乙", "甲\n乙"),
        ("甲\r\r\n\n乙", "甲\n\n\n乙"),
        ("甲\u{b}乙\u{c}丙\u{85}丁\u{2028}戊\u{2029}己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("甲<br>乙<BR/>丙<br />丁</br>戊<br clear=all>己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("<p>甲</p>", "甲"),
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<p>甲</p>\r\n  <p>乙</p>\n", "甲\n乙"),
        ("<p>甲<br></p><p>乙</p>", "甲\n乙"),
        ("<p>甲</p><p><br></p><p>乙</p>", "甲\n\n乙"),
        ("<p>甲</p><p>&nbsp;</p><p>乙</p>", "甲\n \n乙"),
        ("甲\n<p>\n\n乙</p>丙", "甲\n乙\n丙"),
        ("<div><p>甲</p><ul><li>乙</li><li>丙</li></ul></div>", "甲\n乙\n丙"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        ("甲\n\n乙", "甲\n\n乙"),
    ]);
}

#[test]
fn only_tags_are_tags() {
    // What looks like one and is not stays as it is.
    check(&[
        ("<5%", "<5%"),
        ("响应时间<20天，>3次", "响应时间<20天，>3次"),
        ("a<b且b>c", "a<b且b>c"),
        ("a<b and c>d", "a<b and c>d"),
        ("<张三>《办法》", "<张三>《办法》"),
        ("<b>甲</b>", "甲"),
        ("甲< b >乙", "甲< b >乙"),
        ("<unknown>甲</unknown>", "<unknown>甲</unknown>"),
        ("<B>甲</B >", "甲"),
        ("<span style=\"color:red\">甲</span>", "甲"),
        ("<span\nlang=EN-US style='font-family:\"Times New Roman\"'>甲</span>", "甲"),
        ("<span style=\"font-family:&quot;宋体&quot;;\">甲</span>", "甲"),
        ("<img src=\"a.png\" alt=\"a>b\"/>甲", "甲"),
        ("<p data-v-1a2b class=\"x\" hidden>甲</p>", "甲"),
        ("<a href=?a=b&c=d target=_blank>甲</a>", "甲"),
        ("甲<o:p></o:p><st1:chsdate year=\"2024\">乙</st1:chsdate>", "甲乙"),
        ("<?xml:namespace prefix = o ns = \"urn:x\" />甲<![if !supportLists]>乙<![endif]>", "甲乙"),
        ("<!DOCTYPE html><html><head><title>甲</title></head>", "甲"),
        ("<p style=\"a>甲", "<p style=\"a>甲"),
        ("<<b>b>甲", "甲"),
        ("a<<b>5", "a<5"),
        ("甲 < 乙 > 丙", "甲 < 乙 > 丙"),
    ]);
}

#[test]
fn comments_scripts_and_styles_go_with_their_content() {
    // Unless they are not closed: then nobody knows where they end.
    check(&[
        ("甲<!-- 乙 -->丙", "甲丙"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->甲", "甲"),
        ("<!---->甲<!-->乙", "甲乙"),
        ("<!-- 甲 <!-- 乙 --> 丙 -->丁", "丁"),
        ("<style type=\"text/css\"><!-- p > a {color:red} --></style>甲", "甲"),
        ("<SCRIPT>if (a<b && c>d) { x(\"<p>\"); }</SCRIPT>甲", "甲"),
        ("甲<!-- 乙", "甲<!-- 乙"),
        ("甲-->乙", "甲-->乙"),
        ("甲<style>乙", "甲<style>乙"),
        ("甲</style>乙", "甲乙"),
    ]);
}

#[test]
fn entities_are_decoded_to_the_end() {
    // Encoded twice, put together by decoding, not closed, not entities.
    check(&[
        ("甲&nbsp;乙", "甲 乙"),
        ("&lt;5%", "<5%"),
        ("&amp;lt;p&amp;gt;甲&amp;lt;/p&amp;gt;", "甲"),
        ("&amp;amp;amp;amp;", "&"),
        ("&am&#112;;lt;", "<"),
        ("&semi&semi&semi;", ";"),
        ("&#x4e2d;&#20013;&#X4E2D;", "中中中"),
        ("AT&T R&D &copy &copy2024 &ampx;", "AT&T R&D &copy &copy2024 &ampx;"),
        ("&copy;2024 &notit; &lt#b; &unknown;", "©2024 &notit; &lt#b; &unknown;"),
        ("&#12a; &#; &#x; &#0; &#xD800; &#x110000;", "&#12a; &#; &#x; &#0; &#xD800; &#x110000;"),
        ("&nGg;&fjlig;", "⋙\u{338}fj"),
        ("a_x000D_b_x0009_c_x4E2D__x0007_", "a\nb\tc中"),
        ("_x005F_x000D_a", "a"),
        ("x_x00_ _x000G_ _xD83D_ _X000D_ a_b", "x_x00_ _x000G_ _xD83D_ _X000D_ a_b"),
        ("&#60;b_x003E_甲", "甲"),
    ]);
}

#[test]
fn characters_that_show_nothing_go() {
    check(&[
        ("\u{feff}甲\u{200b}乙\u{ad}丙\u{2060}", "甲乙丙"),
        ("甲\u{200d}乙\u{200c}丙\u{202e}丁\u{2066}", "甲乙丙丁"),
        ("甲\u{0}乙\u{1f}丙\u{7f}丁\u{9b}\u{ffff}", "甲乙丙丁"),
        ("甲\u{a0}\u{202f}乙", "甲  乙"),
        (" \u{3000}甲\u{3000}\u{3000}乙  丙\t丁\u{3000}\n", "甲\u{3000}\u{3000}乙  丙\t丁"),
        ("\u{a0} \u{200b} ", ""),
        ("", ""),
        ("“甲”——乙…，（丙）", "“甲”——乙…，（丙）"),
    ]);
}

#[test]
fn says_what_was_done() {
    let raw = "<p>甲&amp;乙</p><SPAN>丙\u{200b}</span><!-- 丁 --><b></p>";
    let want = Cleaned {
        text: "甲&乙\n丙".into(),
        tags: vec!["p".into(), "span".into(), "!--".into(), "b".into()],
        entities: true,
        invisible: true,
        cut: 0,
    };
    assert_eq!(clean(raw), want);
    assert_eq!(clean("甲\n乙"), Cleaned { text: "甲\n乙".into(), ..Cleaned::default() });
}

#[test]
fn long_texts_are_cut_between_characters() {
    // At the limit, beyond it, in the middle of a pair of surrogates, and before white space.
    let cases = [
        ("甲".repeat(32_767), 32_767, 0),
        ("甲".repeat(32_768), 32_767, 1),
        (format!("{}𠮷乙", "甲".repeat(32_766)), 32_766, 3),
        (format!("{} 乙丙", "甲".repeat(32_766)), 32_766, 2),
        (format!("{}  ", "a".repeat(32_767)), 32_767, 0),
    ];
    for (raw, units, cut) in cases {
        let cleaned = clean(&raw);
        assert_eq!((cleaned.text.encode_utf16().count(), cleaned.cut), (units, cut));
        assert!(is_clean(&cleaned.text));
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    // A quadratic way through any of these takes minutes.
    let parts = [
        "&amp;",
        "amp;",
        "&semi",
        "<",
        "<b",
        "<b>",
        ">",
        "<<b>b>",
        "-->",
        "<!--",
        "<style>",
        "</style>",
        "</script>",
        "<p ",
        "a=\">",
        " ",
        "\n",
        "\r",
        "<p>",
        "<p> ",
        "_x005F_",
        "x005F_",
        "&",
        "&#0",
        "_",
        "<p a='>",
        "<o:a",
        "&lt;b&gt;",
        "\u{a0}",
    ];
    let started = std::time::Instant::now();
    for part in parts {
        for head in ["", "<p a=\"", "&", "<!--", "甲<p>"] {
            let raw = format!("{head}{}", part.repeat(60_000 / part.len()));
            assert!(is_clean(&cleaned(&raw)), "{head}{part}…");
        }
    }
    assert!(started.elapsed().as_secs() < 60);
}

/// Pieces that constructs are made of, so that random texts hold many, whole and broken.
fn pieces() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let piece = prop::sample::select(vec![
        "<", ">", "&", ";", "lt", "gt", "amp", "#", "x", "60", "3E", "_", "_x", "000D", "005F", "-", "!", "--", "/", "p", "b",
        "br", "style", "script", " ", "\n", "\r", "\t", "\u{a0}", "\u{3000}", "\u{200b}", "=", "\"", "'", "a", "甲", "𠮷", "nbsp",
        "<p>", "</p>", "<style>", "</style>", "<!--", "-->", "&lt;", "&amp;", "&nbsp;", "&#", "_x000D_", "\u{2028}", "\u{7}",
        "semi", "lowbar", "&quot;", " href=", "<?xml", "<![if", "\u{85}", "&nGg;", "\u{ad}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_changes_nothing(raw in prop_oneof![pieces(), any::<String>()]) {
        let once = cleaned(&raw);
        prop_assert_eq!(&cleaned(&once), &once);
        prop_assert!(is_clean(&once), "{:?}", once);
        prop_assert_eq!(is_clean(&raw), once == raw);
    }

    #[test]
    fn text_without_markup_stays(raw in "[\u{4e00}-\u{9fff}，。a-z0-9]{0,80}") {
        prop_assert!(is_clean(&raw));
    }
}
