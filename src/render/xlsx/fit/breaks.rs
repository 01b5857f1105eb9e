//! Where a line of text may end: the line-breaking classes and pair rules that LibreOffice uses between Latin words.
//!
//! Unicode Standard Annex 14, in the older form that LibreOffice compiles. They decide only where a line ends that
//! overflows in a Latin word or a number; in Chinese text LibreOffice breaks between any two characters.

/// Line-breaking classes (the names of UAX 14).
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub(super) enum Class {
    AL,
    BA,
    BB,
    B2,
    CL,
    CM,
    EX,
    GL,
    HY,
    ID,
    IN,
    IS,
    NS,
    NU,
    OP,
    PO,
    PR,
    QU,
    SP,
    SY,
    ZW,
}
use Class::{AL, B2, BA, BB, CL, CM, EX, GL, HY, ID, IN, IS, NS, NU, OP, PO, PR, QU, SP, SY, ZW};

const CLASSES: usize = 21;

/// The class of a character.
#[inline]
pub(super) fn class(c: char) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' => ID,
        '\0'..='\x7F' => ASCII[c as usize],
        _ => other(c),
    }
}

fn other(c: char) -> Class {
    match c {
        '、' | '。' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞'
        | '〟' | '﹐' | '﹑' | '﹒' | '，' | '．' | '）' | '］' | '｝' | '｡' | '｣' | '､' => {
            CL
        }
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' | '（' | '［'
        | '｛' | '｢' | '‚' | '„' | '¡' | '¿' => OP,
        '！' | '？' | '﹖' | '﹗' => EX,
        '：' | '；' | '々' | '〜' | '・' | '･' | '﹔' | '﹕' | '‼' | 'ー' | '〻' | 'ぁ' | 'ぃ'
        | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ'
        | 'ッ' | 'ャ' | 'ュ' | 'ョ' => NS,
        '…' | '‥' => IN,
        '—' => B2,
        '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›' => QU,
        '￥' | '¥' | '＄' | '£' | '￡' | '€' | '№' | '±' | '−' | '∓' => PR,
        '％' | '‰' | '℃' | '℉' | '¢' | '￠' | '′' | '″' => PO,
        '‐' | '–' | '\u{AD}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{3000}' => {
            BA
        }
        '´' => BB,
        '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2060}' | '\u{FEFF}' | '‑' => GL,
        '\u{200B}' => ZW,
        '\u{300}'..='\u{36F}'
        | '\u{200C}'..='\u{200F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{80}'..='\u{9F}' => CM,
        '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}'
        | '\u{1F300}'..='\u{1FAFF}' => ID,
        _ => AL,
    }
}

#[rustfmt::skip]
const ASCII: [Class; 128] = [
    CM, CM, CM, CM, CM, CM, CM, CM, CM, BA, BA, BA, BA, BA, CM, CM,
    CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM,
    SP, EX, QU, AL, PR, PO, AL, QU, OP, CL, AL, PR, IS, HY, IS, SY,
    NU, NU, NU, NU, NU, NU, NU, NU, NU, NU, IS, IS, AL, AL, AL, EX,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, SY, CL, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, BA, CL, AL, CM,
];

/// Bit set of classes.
const fn set(classes: &[Class]) -> u32 {
    let mut bits = 0;
    let mut at = 0;
    while at < classes.len() {
        bits |= 1 << classes[at] as u32;
        at += 1;
    }
    bits
}

const ALL: u32 = u32::MAX;
/// What no line begins with, whatever stands before it.
const NEVER_FIRST: u32 = set(&[CL, EX, IS, SY, QU, GL, BA, HY, NS, SP, ZW, CM]);
/// The same after a space.
const NEVER_FIRST_AFTER_SPACE: u32 = set(&[CL, EX, IS, SY, SP, ZW]);

/// For each class, those that may not begin a line right after it.
const GLUED: [u32; CLASSES] = {
    let mut glued = [NEVER_FIRST; CLASSES];
    glued[AL as usize] |= set(&[IN, NU, PR, AL, OP]);
    glued[BB as usize] = ALL;
    glued[B2 as usize] |= set(&[B2]);
    glued[CL as usize] |= set(&[AL, NU]);
    glued[CM as usize] |= set(&[IN, NU, PR, AL, OP]);
    glued[GL as usize] = ALL;
    glued[ID as usize] |= set(&[IN, PO]);
    glued[IN as usize] |= set(&[IN]);
    glued[IS as usize] |= set(&[AL, NU]);
    glued[NU as usize] |= set(&[IN, AL, OP, PO, PR, NU]);
    glued[OP as usize] = ALL;
    glued[PO as usize] |= set(&[AL, NU]);
    glued[PR as usize] |= set(&[ID, AL, NU]);
    glued[QU as usize] = ALL;
    glued[ZW as usize] = set(&[SP]);
    glued
};

/// A number in progress: `12,345.67` is not divided, nor from the sign after it.
#[derive(Clone, Copy, PartialEq)]
enum Number {
    No,
    Digits,
    Closed,
}

/// The rules applied from left to right.
pub(super) struct Breaks {
    before: Option<Class>,
    spaces: bool,
    number: Number,
}

impl Breaks {
    /// At the start of a paragraph.
    pub(super) fn new() -> Self {
        Self { before: None, spaces: false, number: Number::No }
    }

    /// Takes the next character and says whether a line may begin with it; `digit_next` tells of the one after it.
    #[inline]
    pub(super) fn may_start(&mut self, class: Class, digit_next: impl FnOnce() -> bool) -> bool {
        if class == SP {
            self.spaces = true;
            self.number = Number::No;
            return false;
        }
        let Some(before) = self.before else {
            let after_spaces = std::mem::take(&mut self.spaces);
            self.take(class);
            return after_spaces && NEVER_FIRST_AFTER_SPACE >> class as u32 & 1 == 0;
        };
        if class == CM && !self.spaces {
            return false;
        }
        let glued = if std::mem::take(&mut self.spaces) {
            match before {
                OP => true,
                CL if class == NS => true,
                B2 if class == B2 => true,
                _ => NEVER_FIRST_AFTER_SPACE >> class as u32 & 1 == 1,
            }
        } else {
            GLUED[before as usize] >> class as u32 & 1 == 1
                || (class == OP && matches!(before, PR | PO) && digit_next())
                || match self.number {
                    Number::No => false,
                    Number::Digits => matches!(class, NU | PR | PO),
                    Number::Closed => matches!(class, PR | PO),
                }
        };
        self.take(class);
        !glued
    }

    #[inline]
    fn take(&mut self, class: Class) {
        self.number = match (class, self.number) {
            (NU, _) | (SY | IS, Number::Digits) => Number::Digits,
            (CL, Number::Digits) => Number::Closed,
            _ => Number::No,
        };
        self.before = Some(class);
    }
}
