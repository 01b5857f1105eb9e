//! What shows that a text was cut in two: how the first half ends, which name has a number.

/// Whether a text asks for what follows.
pub(super) fn is_open(text: &str) -> bool {
    text.ends_with(['：', ':', '，', ',', '、'])
}

/// Whether a text ends as a sentence or a point of a list does.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '）', ')']).ends_with(['。', '；', ';', '！', '!', '？'])
}

/// Whether a name begins with a number: 任务一：, 1、, （二）, ③.
pub(super) fn is_numbered(name: &str) -> bool {
    let name = name.trim_start();
    let opened = name.starts_with(['（', '(']);
    let name = name.trim_start_matches(['（', '(']);
    let word = ["任务", "重点任务", "项目"].iter().find_map(|word| name.strip_prefix(word));
    let rest = word.unwrap_or(name);
    let is_digit = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let behind = rest.trim_start_matches(is_digit);
    if behind.len() == rest.len() {
        return false;
    }
    let circled = rest.starts_with(|c| ('①'..='⒛').contains(&c));
    let mark = behind.trim_start().chars().next();
    circled
        || mark.is_none_or(|mark| "、.．：:，)）".contains(mark))
            && (word.is_some() || !opened || behind.starts_with([')', '）']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_number_are_known() {
        for name in [
            "任务一：建站",
            "任务2",
            "1、建站",
            "1.建站",
            "一、建站",
            "（一）建站",
            "(1) 建站",
            "①建站",
        ] {
            assert!(is_numbered(name), "{name}");
        }
        for name in ["老助餐服务", "一站式服务", "12个村", "十四五规划", "任务清单", "（试行）"]
        {
            assert!(!is_numbered(name), "{name}");
        }
    }

    #[test]
    fn the_end_of_a_sentence_is_known() {
        for text in ["完成。", "完成；", "（完成。）"] {
            assert!(ends_a_sentence(text), "{text}");
        }
        for text in ["每季度开展", "12万人次，", ""] {
            assert!(!ends_a_sentence(text), "{text}");
        }
    }
}
