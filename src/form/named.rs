//! A sheet as the labels of one edition name it: what each cell of a region can mean, looked up once.

use std::ops::Range;

use super::{
    edition::{Edition, Role},
    sheet::Sheet,
};

/// A sheet, an edition, and the roles that the cells of a region have by its labels.
pub(super) struct Named<'a, 'g> {
    pub(super) sheet: &'a Sheet<'g>,
    pub(super) edition: &'a Edition,
    first: usize,
    roles: Vec<&'a [Role]>,
}

impl<'a, 'g> Named<'a, 'g> {
    /// Looks up the labels of these cells.
    pub(super) fn new(sheet: &'a Sheet<'g>, edition: &'a Edition, cells: Range<usize>) -> Self {
        let first = cells.start;
        let of = |index| sheet.label(index).map_or(&[][..], |label| edition.roles(&label.key));
        Self { sheet, edition, first, roles: cells.map(of).collect() }
    }

    /// What a cell of the region can mean by its words.
    pub(super) fn roles(&self, index: usize) -> &'a [Role] {
        let at = index.checked_sub(self.first);
        at.and_then(|at| self.roles.get(at)).copied().unwrap_or_default()
    }

    /// Gives a cell of the region another meaning.
    pub(super) fn set(&mut self, index: usize, roles: &'a [Role]) {
        if let Some(of) = index.checked_sub(self.first).and_then(|at| self.roles.get_mut(at)) {
            *of = roles;
        }
    }

    /// The first meaning of a cell that `wanted` takes.
    pub(super) fn role<T>(
        &self,
        index: usize,
        wanted: impl FnMut(&'a Role) -> Option<T>,
    ) -> Option<T> {
        self.roles(index).iter().find_map(wanted)
    }

    /// Whether a cell can mean this.
    pub(super) fn is(&self, index: usize, role: Role) -> bool {
        self.roles(index).contains(&role)
    }
}
