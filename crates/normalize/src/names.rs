//! Names: how the tables write what the findings say.

use crate::{ActorKind, Change, DateBasis, FigureRole, MentionKind, Qualifier, Status, TimeType, UnitKind};

/// Gives each variant of a type its name.
macro_rules! names {
    ($type:ident { $($variant:ident => $name:literal),* $(,)? }) => {
        impl $type {
            /// As the tables write it.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),*
                }
            }
        }
    };
}

names!(ActorKind { Person => "person", Organization => "organization", Country => "country", Place => "place", Group => "group" });
names!(MentionKind { Name => "name", Nominal => "nominal", Pronoun => "pronoun" });
names!(TimeType { Date => "DATE", Time => "TIME", Duration => "DURATION", Set => "SET" });
names!(DateBasis { Text => "text", Published => "published" });
names!(Status { Actual => "actual", Planned => "planned", Hypothetical => "hypothetical", Negated => "negated", Historical => "historical" });
names!(UnitKind { Count => "count", Money => "money", Ratio => "ratio", Measure => "measure", Duration => "duration", Age => "age", Ordinal => "ordinal", Score => "score" });
names!(Change { Up => "up", Down => "down" });
names!(FigureRole { Killed => "killed", Injured => "injured", Missing => "missing", Detained => "detained", Displaced => "displaced", Crowd => "crowd" });
names!(Qualifier { Exact => "exact", About => "about", AtLeast => "at_least", AtMost => "at_most", MoreThan => "more_than", LessThan => "less_than", Between => "between" });
