"""Reading for the pages of people: staff and posts; what a person sees of oneself."""

from sekata.site.people.queries.offices import (
    administered,
    all_pairs,
    by_number,
    decrees,
    extendable,
    matrix,
    posts,
    tree,
    waiting_decrees,
)
