//! The level of government that a return belongs to.

/// Level of government, from the centre down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 中央
    Central,
    /// 省, 自治区, 直辖市
    Province,
    /// 地级市, 自治州
    City,
    /// 县, 区, 旗
    County,
    /// 镇, 乡, 街道
    Town,
}

impl Level {
    /// Every level, from the centre down.
    pub const ALL: [Self; 5] =
        [Self::Central, Self::Province, Self::City, Self::County, Self::Town];

    /// The level's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Town => "town",
        }
    }

    /// The level's name as people read it.
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Central => "中央级",
            Self::Province => "省级",
            Self::City => "市级",
            Self::County => "县级",
            Self::Town => "乡镇级",
        }
    }

    /// The level that a name in JSON or in an edition file means.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The level that the name of the approving finance body shows: 财政厅, X市财政局, 财政局X分局.
    pub fn of_approver(approver: &str) -> Option<Self> {
        if approver.contains("财政部") {
            return Some(Self::Central);
        }
        if approver.contains("财政厅") {
            return Some(Self::Province);
        }
        let (place, branch) = approver.split_once("财政局").or_else(|| {
            let at = approver.find("财政")?;
            Some((&approver[..at], &approver[at..]))
        })?;
        if let Some(branch) = branch.strip_suffix("分局") {
            // A city's bureau has branches in districts; where a city has no districts, in towns.
            return Some(
                Self::of_place(branch).filter(|level| *level > Self::City).unwrap_or(Self::Town),
            );
        }
        Self::of_place(place)
    }

    /// The level of the place that a title begins with: 沙田镇部门整体… is a town's.
    pub fn of_title(title: &str) -> Option<Self> {
        let end = ["部门", "单位", "预算", "整体", "绩效"]
            .iter()
            .filter_map(|word| title.find(word))
            .min()
            .unwrap_or(title.len());
        Self::of_place(&title[..end])
    }

    /// The level of a place's name, by the last of its administrative words.
    fn of_place(place: &str) -> Option<Self> {
        const MUNICIPALITIES: [&str; 4] = ["北京市", "上海市", "天津市", "重庆市"];
        const WORDS: [(&str, Level); 13] = [
            ("中央", Level::Central),
            ("自治区", Level::Province),
            ("特别行政区", Level::Province),
            ("省", Level::Province),
            ("自治州", Level::City),
            ("地区", Level::City),
            ("市", Level::City),
            ("县", Level::County),
            ("旗", Level::County),
            ("区", Level::County),
            ("街道", Level::Town),
            ("镇", Level::Town),
            ("乡", Level::Town),
        ];
        let mut best: Option<(usize, usize, Level)> = None;
        for (word, level) in WORDS {
            let Some(at) = place.rfind(word) else { continue };
            let end = at + word.len();
            // The word that ends last wins; of two that end together the longer one.
            if best.is_none_or(|(other, length, _)| (end, word.len()) > (other, length)) {
                best = Some((end, word.len(), level));
            }
        }
        let (end, _, level) = best?;
        let whole = &place[..end];
        let municipal = level == Level::City && MUNICIPALITIES.iter().any(|m| whole.ends_with(m));
        Some(if municipal { Level::Province } else { level })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approvers_show_their_level() {
        // One of every level, the municipalities and branches in towns and in districts.
        let cases = [
            ("财政部", Some(Level::Central)),
            ("广东省财政厅", Some(Level::Province)),
            ("北京市财政局", Some(Level::Province)),
            ("新疆维吾尔自治区财政厅", Some(Level::Province)),
            ("东莞市财政局", Some(Level::City)),
            ("大理白族自治州财政局", Some(Level::City)),
            ("深圳市南山区财政局", Some(Level::County)),
            ("惠东县财政局", Some(Level::County)),
            ("鄂托克旗财政局", Some(Level::County)),
            ("东莞市财政局沙田分局", Some(Level::Town)),
            ("广州市财政局天河区分局", Some(Level::County)),
            ("沙田镇财政所", Some(Level::Town)),
            ("本单位党组", None),
            ("", None),
        ];
        for (approver, want) in cases {
            assert_eq!(Level::of_approver(approver), want, "{approver}");
        }
    }

    #[test]
    fn titles_show_their_level() {
        let cases = [
            ("沙田镇部门整体预算绩效目标表", Some(Level::Town)),
            ("2025年广东省省级部门整体支出绩效目标表", Some(Level::Province)),
            ("云城市部门整体支出绩效目标申报表", Some(Level::City)),
            ("部门整体支出绩效目标表", None),
            ("2025年度部门整体支出绩效目标表", None),
        ];
        for (title, want) in cases {
            assert_eq!(Level::of_title(title), want, "{title}");
        }
    }
}
