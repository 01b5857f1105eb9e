use super::*;

const TEXT: &str = "部门名称\t东莞市沙田镇政务服务中心\r\n基本支出\t402.49\t≥90%，（项）\r\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn marked(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
    [mark, bytes].concat()
}

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

#[test]
fn finds_the_encoding_by_content() {
    // With and without mark; text with few or no zero bytes; ASCII alone; mostly ASCII; one line; one word.
    let pure = "为全面落实优化政务服务提升行政效能推动高效办成一件事的指导意见";
    let code = "name,amount,remark,department\nbudget,12,ok,finance bureau\nsomelongwordswithoutspaces,3,张三,x\n";
    let (le, be) = (u16::to_le_bytes, u16::to_be_bytes);
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("UTF-8", TEXT.into(), TEXT, "UTF-8"),
        ("UTF-8 with mark", marked(b"\xEF\xBB\xBF", TEXT.as_bytes()), TEXT, "UTF-8"),
        ("UTF-16LE with mark", marked(b"\xFF\xFE", &utf16(TEXT, le)), TEXT, "UTF-16LE"),
        ("UTF-16BE with mark", marked(b"\xFE\xFF", &utf16(TEXT, be)), TEXT, "UTF-16BE"),
        ("UTF-16LE", utf16(TEXT, le), TEXT, "UTF-16LE"),
        ("UTF-16BE", utf16(TEXT, be), TEXT, "UTF-16BE"),
        ("UTF-16LE, Chinese only", utf16(pure, le), pure, "UTF-16LE"),
        ("UTF-16BE, Chinese only", utf16(pure, be), pure, "UTF-16BE"),
        ("UTF-16LE, a word", utf16("合计金额\r\n", le), "合计金额\r\n", "UTF-16LE"),
        ("UTF-16LE, ASCII", utf16("a,b\n1,2\n", le), "a,b\n1,2\n", "UTF-16LE"),
        ("UTF-16BE, ASCII", utf16("a,b\n1,2\n", be), "a,b\n1,2\n", "UTF-16BE"),
        ("UTF-16LE, code", utf16(code, le), code, "UTF-16LE"),
        ("GBK", gbk(TEXT), TEXT, "gb18030"),
        ("GBK, Chinese only", gbk(pure), pure, "gb18030"),
        ("GBK, a word", gbk("合计"), "合计", "gb18030"),
        ("GBK, mostly ASCII", gbk(code), code, "gb18030"),
        ("GB18030, four bytes", gbk("合计𠀀㐀金额"), "合计𠀀㐀金额", "gb18030"),
        ("GB18030 with mark", marked(GB18030_MARK, &gbk(TEXT)), TEXT, "gb18030"),
        ("ASCII", b"Bush hid the facts".to_vec(), "Bush hid the facts", "UTF-8"),
        ("ASCII with a zero byte", b"ab,cd\0,ef,gh,ij".to_vec(), "ab,cd\0,ef,gh,ij", "UTF-8"),
        ("UTF-8 with a zero byte", "部门\0名称\n".into(), "部门\0名称\n", "UTF-8"),
        ("empty", Vec::new(), "", "UTF-8"),
    ];
    for (name, bytes, text, encoding) in cases {
        let want = Decoded {
            text: text.to_owned(),
            encoding: Encoding::for_label(encoding.as_bytes()).unwrap().name(),
            lossy: false,
        };
        assert_eq!(decode(&bytes, None).unwrap(), want, "{name}");
        assert!(looks_like_text(&bytes), "{name}");
    }
}

#[test]
fn every_cut_of_a_text_is_recognised() {
    // A page of prose cut anywhere between characters, from two lines up.
    let text = TEXT.repeat(3);
    for (at, _) in text.char_indices().filter(|(at, _)| *at > 60) {
        let part = &text[..at];
        for (bytes, name) in [
            (part.as_bytes().to_vec(), "UTF-8"),
            (gbk(part), "gb18030"),
            (utf16(part, u16::to_le_bytes), "UTF-16LE"),
            (utf16(part, u16::to_be_bytes), "UTF-16BE"),
        ] {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (part, name), "{at}");
        }
    }
}

#[test]
fn the_words_of_the_form_tell_gb18030_only_where_nothing_is_amiss() {
    let words = "部门整体绩效目标表，预算";
    assert!(says_so_in_gb18030(&gbk(words)));
    // Cut within a character, as a sample may be.
    assert!(says_so_in_gb18030(&gbk("部门绩效预算表")[..13]));
    let broken = [gbk(words), vec![0xff, 0xff]].concat();
    assert!(!says_so_in_gb18030(&broken));
    assert!(!says_so_in_gb18030(&gbk("部门整体目标表，预算")));
    assert!(!says_so_in_gb18030(words.as_bytes()));
    let big5 = encoding_rs::BIG5.encode("部門整體績效目標表，預算").0;
    assert!(!says_so_in_gb18030(&big5));
}

#[test]
fn says_when_bytes_had_no_meaning() {
    // One broken byte in a long UTF-8 text does not make it GBK.
    let mut bytes = TEXT.repeat(4).into_bytes();
    bytes[31] = 0xFF;
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    // Nor does an end in the middle of a character.
    let decoded = decode(&"部门".as_bytes()[..5], None).unwrap();
    assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    assert!(decode(&[0xFF, 0xFE, 0x41], None).unwrap().lossy);
}

#[test]
fn a_label_overrules() {
    // (label, bytes, text)
    let big5 = encoding_rs::BIG5.encode("預算").0.into_owned();
    let cases = [
        ("gbk", gbk("预算"), "预算"),
        (" GB2312 ", gbk("预算"), "预算"),
        ("gb18030", gbk("𠀀"), "𠀀"),
        ("cp936", gbk("预算"), "预算"),
        ("big5", big5, "預算"),
        ("utf-16le", utf16("预算", u16::to_le_bytes), "预算"),
        ("UTF16", marked(b"\xFF\xFE", &utf16("预算", u16::to_le_bytes)), "预算"),
        ("utf-16be", utf16("预算", u16::to_be_bytes), "预算"),
        ("utf8", "预算".into(), "预算"),
        ("utf-8-sig", marked(b"\xEF\xBB\xBF", "预算".as_bytes()), "预算"),
    ];
    for (label, bytes, text) in cases {
        assert_eq!(decode(&bytes, Some(label)).unwrap().text, text, "{label}");
    }
    for label in ["klingon", "", "utf-7", "hz-gb-2312", "预算"] {
        assert_eq!(decode(b"", Some(label)).unwrap_err(), label);
    }
}

#[test]
fn tells_text_from_noise() {
    // Headers of binary files, noise of every kind; text with the odd control character is still text.
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(4096)
    .collect();
    let cases: Vec<(Vec<u8>, bool)> = vec![
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\0\x08\x06\0\0\0".to_vec(), false),
        (b"PK\x03\x04\x14\0\x08\0\x08\0\0\0!\0\x1C\0\0\0\0\0\0\0\0\0".to_vec(), false),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\x03\0\xFE\xFF\x09\0".to_vec(), false),
        (marked(b"\xFF\xFE", &noise), false),
        (noise, false),
        (TEXT.replace('，', "\u{1}").into(), true),
        (format!("{TEXT}\0\0\0\0\0\0\0\0\0\0\0\0").into(), true),
        (TEXT.as_bytes()[..TEXT.len() - 6].to_vec(), true),
    ];
    for (at, (bytes, want)) in cases.iter().enumerate() {
        assert_eq!(looks_like_text(bytes), *want, "case {at}");
    }
}

#[test]
fn garbage_never_panics() {
    // Every byte of small texts in four encodings replaced, dropped, and cut behind.
    let text = "部门,\t≥90%\r\na\"b";
    for bytes in
        [text.into(), gbk(text), utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)]
    {
        for at in 0..bytes.len() {
            for byte in [0, 0x0A, 0x22, 0x7F, 0x80, 0xA1, 0xD8, 0xFE, 0xFF] {
                let mut changed = bytes.clone();
                changed[at] = byte;
                decode(&changed, None).unwrap();
                looks_like_text(&changed);
                changed.remove(at);
                decode(&changed, None).unwrap();
                decode(&changed[..at], Some("utf-16be")).unwrap();
            }
        }
    }
}

#[test]
fn a_long_text_is_judged_by_its_beginning() {
    // The sample ends within a character, whichever number of bytes comes before.
    for lead in 0..3 {
        let text = format!("{}{}", "a".repeat(lead), "部门名称".repeat(SAMPLE / 8));
        for (bytes, name) in [
            (text.clone().into_bytes(), "UTF-8"),
            (gbk(&text), "gb18030"),
            (utf16(&text, u16::to_be_bytes), "UTF-16BE"),
        ] {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.encoding, decoded.lossy), (name, false), "{lead}");
            assert!(decoded.text == text && looks_like_text(&bytes), "{name}");
        }
    }
}

#[test]
fn xml_in_single_bytes_is_no_utf16() {
    let text = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<Workbook>\n<Data>Voil\xe0</Data>\n</Workbook>";
    assert!(decode(text, None).unwrap().text.starts_with("<?xml"));
}

#[test]
fn utf32_is_known_with_and_without_a_mark() {
    let text = "部门名称\t某中心\n";
    for mark in ["", "\u{feff}"] {
        let marked = format!("{mark}{text}");
        let little: Vec<u8> = marked.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let big: Vec<u8> = marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for bytes in [little, big] {
            assert!(looks_like_text(&bytes));
            assert_eq!(decode(&bytes, None).unwrap().text, text);
        }
    }
}
