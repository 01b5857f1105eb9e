//! Text that no return carries.

use super::{Context, YEAR_2025, doubts, read};

/// A small generator, so that the garbage is the same in every run.
struct Garbage(u64);

impl Garbage {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

const SEEDS: &str = "≥90% 》=亩 《办法》 2025年12月31日前 每年年底 百分之九十点五以上 3～5次/年 ±-–—+ 控制在 不低于 个工作日内 （含 ） ( 1,200.5 XX× \
     约左右成 \n\t\u{3000}\u{200b} 🦀é①㎡ﬃ⼯ 月 号 底 前 后 起 至 到 且 . / : 第 同比增长 传达 千分之 亿 零〇两";

#[test]
fn survives_garbage_and_reads_it_the_same_again() {
    let chars: Vec<char> = SEEDS.chars().collect();
    let words: Vec<&str> = SEEDS.split(' ').collect();
    let mut garbage = Garbage(2025);
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..garbage.below(12) {
            match garbage.below(3) {
                0 => text.push_str(words[garbage.below(words.len())]),
                _ => text.push(chars[garbage.below(chars.len())]),
            }
        }
        let context = Context { year: Some(2024), level3: &text, unit: Some(&text) };
        let _ = doubts(&text);
        if let Some(target) = read(&text, context) {
            assert_eq!(read(&target.text, context), Some(target), "{text:?}");
        }
    }
}

#[test]
fn reads_a_cell_of_the_longest_text() {
    // 32,767 characters is what a cell holds; none may take more than a blink.
    for word in [
        "1",
        "1,",
        "一",
        "在",
        "年底",
        "≥9%",
        "（含",
        "《",
        "X×",
        "每年",
        "1-",
        "且≥1次",
        " 1",
        "个",
        "\n",
        "1.",
        "万",
        "内完成",
        "-",
    ] {
        let text = word.repeat(32_767 / word.chars().count());
        let started = std::time::Instant::now();
        let _ = (doubts(&text), read(&text, YEAR_2025), read(&format!("{text}≥90%"), YEAR_2025));
        assert!(started.elapsed().as_secs() < 5, "{word}: {:?}", started.elapsed());
    }
}
