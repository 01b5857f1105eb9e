//! Traditional characters of the words that the form prints, for returns typed in Hong Kong, Macao or on an old keyboard.

/// Traditional characters, each with its simplified form; and 它, which stands for 他 in 其它资金.
#[rustfmt::skip]
const PAIRS: [(char, char); 94] = [
    ('預', '预'), ('總', '总'), ('額', '额'), ('績', '绩'), ('標', '标'), ('專', '专'), ('項', '项'), ('單', '单'),
    ('複', '复'), ('復', '复'), ('屬', '属'), ('級', '级'), ('數', '数'), ('財', '财'), ('養', '养'), ('員', '员'),
    ('體', '体'), ('況', '况'), ('門', '门'), ('稱', '称'), ('來', '来'), ('資', '资'), ('發', '发'), ('業', '业'),
    ('務', '务'), ('轉', '转'), ('層', '层'), ('實', '实'), ('內', '内'), ('擬', '拟'), ('達', '达'), ('時', '时'),
    ('產', '产'), ('質', '质'), ('環', '环'), ('經', '经'), ('濟', '济'), ('態', '态'), ('續', '续'), ('響', '响'),
    ('滿', '满'), ('對', '对'), ('說', '说'), ('備', '备'), ('註', '注'), ('聯', '联'), ('絡', '络'), ('電', '电'),
    ('話', '话'), ('計', '计'), ('規', '规'), ('劃', '划'), ('廳', '厅'), ('縣', '县'), ('鎮', '镇'), ('區', '区'),
    ('鄉', '乡'), ('萬', '万'), ('億', '亿'), ('撥', '拨'), ('會', '会'), ('類', '类'), ('職', '职'), ('責', '责'),
    ('編', '编'), ('號', '号'), ('負', '负'), ('審', '审'), ('報', '报'), ('處', '处'), ('價', '价'), ('於', '于'),
    ('為', '为'), ('點', '点'), ('週', '周'), ('據', '据'), ('範', '范'), ('圍', '围'), ('選', '选'), ('機', '机'),
    ('構', '构'), ('條', '条'), ('見', '见'), ('辦', '办'), ('幣', '币'), ('陳', '陈'), ('親', '亲'), ('變', '变'),
    ('與', '与'), ('個', '个'), ('間', '间'), ('開', '开'), ('關', '关'),
    ('它', '他'),
];

/// Whether a traditional character has these low bits; nearly all characters are told by them.
const MAY_BE_TRADITIONAL: [bool; 1 << LOW_BITS] = {
    let mut listed = [false; 1 << LOW_BITS];
    let mut at = 0;
    while at < PAIRS.len() {
        listed[low_bits(PAIRS[at].0)] = true;
        at += 1;
    }
    listed
};

const LOW_BITS: u32 = 11;

const fn low_bits(c: char) -> usize {
    c as usize & ((1 << LOW_BITS) - 1)
}

/// The simplified form of a character.
pub fn simplified(c: char) -> char {
    if !MAY_BE_TRADITIONAL[low_bits(c)] {
        return c;
    }
    PAIRS.iter().find(|(traditional, _)| *traditional == c).map_or(c, |(_, simplified)| *simplified)
}

/// Whether a character is a Chinese one that is its own simplified form.
pub fn is_simplified(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') && simplified(c) == c
}
