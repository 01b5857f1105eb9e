//! Serial numbers as dates and times: `yyyy"年"m"月"d"日"`.

use super::lex::{Lexed, Token};
use super::serial::{Day, Moment};

/// `[$-F800]`: the long date of the system, in Chinese 2025年12月31日.
pub(super) const SYSTEM_DATE: u32 = 0xF800;
/// `[$-F400]`: its time.
pub(super) const SYSTEM_TIME: u32 = 0xF400;
/// A section that shows a date or a time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateBody {
    parts: Vec<Part>,
    chinese: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(String),
    /// `y m d h s`, minutes as `n`, weekdays as `a`; and how often it was written.
    Calendar(char, usize),
    Elapsed(char, usize),
    HalfDay(&'static str, &'static str),
    Subsecond(usize),
}

/// The body of a section with letters of the calendar; `None` where digits stand among them.
pub(super) fn compile(section: &Lexed) -> Option<DateBody> {
    match section.language {
        Some(SYSTEM_DATE) => return Some(long_date()),
        Some(SYSTEM_TIME) => return compile(&super::lex::lex("h:mm:ss")?.pop()?),
        _ => {}
    }
    let mut parts = Vec::new();
    for token in &section.tokens {
        match token {
            Token::Literal(text) => parts.push(Part::Literal(text.clone())),
            Token::Point => parts.push(Part::Literal(".".to_owned())),
            Token::Comma => parts.push(Part::Literal(",".to_owned())),
            Token::Slash => parts.push(Part::Literal("/".to_owned())),
            Token::Calendar(letter, count) => parts.push(Part::Calendar(*letter, *count)),
            Token::Elapsed(letter, count) => parts.push(Part::Elapsed(*letter, *count)),
            Token::HalfDay(am, pm) => parts.push(Part::HalfDay(am, pm)),
            Token::Digit('0') => subsecond(&mut parts)?,
            _ => return None,
        }
    }
    find_minutes(&mut parts);
    let chinese = section.language.is_some_and(|language| language & 0x3FF == 0x04);
    Some(DateBody { parts, chinese })
}

/// What a date shows whose format is unknown.
pub(super) fn long_date() -> DateBody {
    let literal = |text: &str| Part::Literal(text.to_owned());
    let [year, month, day] =
        [('y', 4), ('m', 1), ('d', 1)].map(|(letter, count)| Part::Calendar(letter, count));
    DateBody {
        parts: vec![year, literal("年"), month, literal("月"), day, literal("日")],
        chinese: true,
    }
}

/// `.0` behind the seconds.
fn subsecond(parts: &mut Vec<Part>) -> Option<()> {
    match parts.as_mut_slice() {
        [.., Part::Subsecond(count)] if *count < 3 => *count += 1,
        [.., Part::Calendar('s', _) | Part::Elapsed('s', _), Part::Literal(point)]
            if point == "." =>
        {
            parts.pop();
            parts.push(Part::Subsecond(1));
        }
        _ => return None,
    }
    Some(())
}

/// `m` behind hours or before seconds is a minute.
fn find_minutes(parts: &mut [Part]) {
    let mut before = ' ';
    for at in 0..parts.len() {
        let (letter, count) = match &parts[at] {
            Part::Calendar(letter, count) => (*letter, *count),
            Part::Elapsed(letter, _) => (*letter, 0),
            _ => continue,
        };
        let after = parts[at + 1..].iter().find_map(|part| match part {
            Part::Calendar(letter, _) | Part::Elapsed(letter, _) => Some(*letter),
            _ => None,
        });
        if letter == 'm' && (1..=2).contains(&count) && (before == 'h' || after == Some('s')) {
            parts[at] = Part::Calendar('n', count);
        }
        before = letter;
    }
}

impl DateBody {
    /// Whether a day of the calendar shows, not only a time.
    pub(super) fn is_date(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Calendar('y' | 'm' | 'd' | 'a', _)))
    }

    /// The text, and the day if the calendar has it; `None` for a serial that no date has.
    pub(super) fn show(&self, value: f64, date1904: bool) -> Option<(String, Option<Day>)> {
        let moment = Moment::of(value, date1904, self.unit())?;
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Calendar('n', count) => {
                    text.push_str(&padded(moment.seconds() / 60 % 60, *count));
                }
                Part::Calendar(letter @ ('h' | 's'), count) => {
                    text.push_str(&self.clock(&moment, *letter, *count));
                }
                Part::Calendar(letter, count) => text.push_str(&self.day(&moment, *letter, *count)),
                Part::Elapsed(letter, count) => {
                    text.push_str(&padded(elapsed(&moment, *letter), *count));
                }
                Part::HalfDay(am, pm) => {
                    text.push_str(if moment.seconds() < 43_200 { am } else { pm });
                }
                Part::Subsecond(count) => {
                    text.push_str(&format!(".{:04}", moment.ticks % 10_000)[..=*count]);
                }
            }
        }
        // The days 1900-01-00 and 1900-02-29 are Excel's own.
        let real = self.is_date() && moment.serial != 0 && moment.serial != 60;
        Some((text, real.then_some(moment.date)))
    }

    /// What the time is rounded to, in ticks: seconds even where only minutes show, and nothing where only a day does.
    fn unit(&self) -> i64 {
        let units = self.parts.iter().filter_map(|part| match part {
            Part::Subsecond(count) => Some([10_000, 1000, 100, 10][(*count).min(3)]),
            Part::Calendar('h' | 'n' | 's', _) | Part::Elapsed(..) | Part::HalfDay(..) => {
                Some(10_000)
            }
            _ => None,
        });
        units.min().unwrap_or(1)
    }

    fn clock(&self, moment: &Moment, letter: char, count: usize) -> String {
        if letter == 's' {
            return padded(moment.seconds() % 60, count);
        }
        let hour = moment.seconds() / 3600;
        let halves = self.parts.iter().any(|part| matches!(part, Part::HalfDay(..)));
        padded(if halves { (hour + 11) % 12 + 1 } else { hour }, count)
    }

    fn day(&self, moment: &Moment, letter: char, count: usize) -> String {
        let (year, month, day) = moment.date;
        let weekday = usize::try_from((moment.serial + 6) % 7).unwrap_or(0);
        let chinese = ["日", "一", "二", "三", "四", "五", "六"][weekday];
        match (letter, count) {
            ('y', 1 | 2) => format!("{:02}", year % 100),
            ('y', _) => format!("{year:04}"),
            ('m', 1 | 2) => padded(i64::from(month), count),
            ('m', _) if self.chinese => format!("{}月", MONTHS[month as usize % 13].0),
            ('m', 4) => MONTHS[month as usize % 13].1.to_owned(),
            ('m', 5) => MONTHS[month as usize % 13].1[..1].to_owned(),
            ('m', _) => MONTHS[month as usize % 13].1.chars().take(3).collect(),
            ('d', 1 | 2) => padded(i64::from(day), count),
            ('a', 4..) => format!("星期{chinese}"),
            ('a', _) if !self.chinese => chinese.to_owned(),
            (_, 4..) if self.chinese => format!("星期{chinese}"),
            _ if self.chinese => format!("周{chinese}"),
            (_, 3) => DAYS[weekday][..3].to_owned(),
            _ => DAYS[weekday].to_owned(),
        }
    }
}

#[rustfmt::skip]
const MONTHS: [(&str, &str); 13] = [
    ("零", "?"), ("一", "January"), ("二", "February"), ("三", "March"), ("四", "April"), ("五", "May"), ("六", "June"),
    ("七", "July"), ("八", "August"), ("九", "September"), ("十", "October"), ("十一", "November"), ("十二", "December"),
];
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn padded(number: i64, count: usize) -> String {
    if count < 2 { number.to_string() } else { format!("{number:0width$}", width = count.min(9)) }
}

fn elapsed(moment: &Moment, letter: char) -> i64 {
    let seconds = moment.serial * 86_400 + moment.seconds();
    match letter {
        'h' => seconds / 3600,
        'm' => seconds / 60,
        _ => seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::NumberFormat;

    #[test]
    fn dates_and_times_show_as_in_excel() {
        // Months and minutes share a letter; names follow the language of the code; noise below a second is rounded.
        let cases = [
            ("yyyy\"年\"m\"月\"d\"日\"", 46_022.0, "2025年12月31日"),
            ("yyyy年m月d日", 46_022.0, "2025年12月31日"),
            ("yyyy-mm-dd", 46_022.75, "2025-12-31"),
            ("yyyy/m/d;@", 45_296.0, "2024/1/5"),
            ("yy.m.d", 45_296.0, "24.1.5"),
            ("[$-804]yyyy\"年\"m\"月\"", 46_022.0, "2025年12月"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", 46_022.0, "2025年12月31日"),
            ("m\"月\"d\"日\"", 46_022.0, "12月31日"),
            ("[$-F800]dddd, mmmm dd, yyyy", 46_022.0, "2025年12月31日"),
            ("[$-x-sysdate]dddd, mmmm dd, yyyy", 46_022.0, "2025年12月31日"),
            ("[$-F400]h:mm:ss AM/PM", 0.75, "18:00:00"),
            ("e-mm-dd", 46_022.0, "2025-12-31"),
            ("dddd, mmmm dd, yyyy", 46_022.0, "Wednesday, December 31, 2025"),
            ("d-mmm-yy", 46_022.0, "31-Dec-25"),
            ("[$-804]dddd mmmm", 46_022.0, "星期三 十二月"),
            ("aaaa", 46_022.0, "星期三"),
            ("[$-804]aaa", 46_022.0, "周三"),
            ("yyyy/m/d h:mm", 46_022.5, "2025/12/31 12:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("上午/下午h\"时\"mm\"分\"", 0.0, "上午12时00分"),
            ("mm:ss.0", 0.000_700_25, "01:00.5"),
            ("[h]:mm", 1.5, "36:00"),
            ("h:mm:ss", 0.999_999_9, "0:00:00"),
            ("h:mm", 0.593_050_1, "14:14"),
            ("yyyy-mm-dd", 46_022.999_999, "2025-12-31"),
            ("yyyy-mm-dd hh:mm:ss", 45_999.999_999_999, "2025-12-09 00:00:00"),
            ("yyyy-mm-dd", 60.0, "1900-02-29"),
            ("yyyy-mm-dd", 0.0, "1900-01-00"),
        ];
        for (code, value, want) in cases {
            assert_eq!(
                NumberFormat::from_code(code).show(value, false).text,
                want,
                "{value} as {code}"
            );
        }
    }
}
